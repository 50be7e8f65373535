import { approvePairing } from '../../src/lib/server/terminal/writes.ts';
import { A_PROFILE, aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';
import { aTablet } from './tablet.ts';

export const PAIRINGS = '/api/v1/terminals/pairings';
export const CONFIGURATION = '/api/v1/terminals/configuration';
export const HEARTBEAT = '/api/v1/terminals/heartbeat';
export const DUTIES = '/api/v1/terminals/duties';
/** What the administrator u1 says when a tablet is approved for counter q1. */
export const ADMINISTRATOR = {
	organizationId: 'w1',
	approvedBy: 'u1',
	counterId: 'q1',
	name: 'Máy quầy 1',
	profile: A_PROFILE
};

export const heartbeat = (overrides = {}) => ({
	appVersion: '0.1.0',
	made: 0,
	queued: 0,
	oldestQueuedAt: null,
	refused: 0,
	battery: 0.8,
	charging: true,
	clockOffset: 12,
	storagePersisted: true,
	storageUsed: 1000,
	storageQuota: 1_000_000,
	...overrides
});

/** A tablet that has been let in at counter q1 of a ward of its own, through the API and the administrator. */
export async function aPairedTablet(now = NOON) {
	const serving = await aServing();
	await aWard(serving.db);
	const tablet = aTablet(serving);
	const { value } = await tablet.call('POST', PAIRINGS, { publicKey: tablet.publicKey }, now);
	const approved = await approvePairing(serving.db, { ...ADMINISTRATOR, code: String(value!.code), now });
	if (!approved.ok) throw new Error(approved.reason);
	tablet.terminalId = approved.value.terminalId;
	return { serving, tablet, db: serving.db, code: String(value!.code) };
}
