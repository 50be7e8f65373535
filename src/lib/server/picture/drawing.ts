import sharp, { type Sharp } from 'sharp';
import type { Outcome } from '../../domain/shared/outcome.ts';

/** A picture that somebody hands in is drawn anew by us, so that nothing of the file is left but what it looks like (decision 0010). */

/** A telephone's picture has 12 to 50 million; what claims more is unpacked by nobody. */
const MOST_PIXELS = 60_000_000;
const LONGEST_SECONDS = 20;

// Whatever the first bytes say, no other reader is ever started: none for SVG, GIF, TIFF, PDF or a file's name.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer']
});
sharp.cache(false);
sharp.concurrency(1);

let last: Promise<unknown> = Promise.resolve();

/** Upright and without metadata, as `how` says; one picture at a time, so that many at once cost no more memory than one. */
export function drawAnew(
	bytes: Uint8Array,
	how: (picture: Sharp) => Sharp
): Promise<Outcome<Buffer, 'broken' | 'too-many-pixels'>> {
	const mine = last.then(() => draw(bytes, how));
	last = mine;
	return mine;
}

async function draw(
	bytes: Uint8Array,
	how: (picture: Sharp) => Sharp
): Promise<Outcome<Buffer, 'broken' | 'too-many-pixels'>> {
	try {
		const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
			.timeout({ seconds: LONGEST_SECONDS })
			.rotate();
		return { ok: true, value: await how(picture).toBuffer() };
	} catch (problem) {
		return { ok: false, reason: /pixel limit/i.test(String(problem)) ? 'too-many-pixels' : 'broken' };
	}
}
