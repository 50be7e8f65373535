// Free of browser globals and imported by relative paths, as upload.ts is, so that a test drives the very step that runs on tablets.
import type { RescueStanding } from '../../src/lib/domain/terminal/rescue.ts';
import { uploadOnce, type Send, type SheetStore, type UploadStep } from './upload.ts';

/**
 * One step of handing over what a revoked tablet still holds, while an administrator lets it. The server keeps each sheet apart for
 * people to decide; only then does it leave the tablet. Where nothing waits, only that is said, so that a loss shows.
 */
export async function rescueOnce(
	store: SheetStore,
	standing: () => Promise<RescueStanding>,
	send: Send,
	random: () => number
): Promise<UploadStep> {
	const { made, queued } = await standing();
	const step = await uploadOnce(store, send, random, { made, queued });
	if (step.outcome === 'idle') await send(JSON.stringify({ made, queued, sheets: [] }));
	return step;
}
