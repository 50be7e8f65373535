import sharp from 'sharp';
import { LARGEST_PHOTO_BYTES, photoKind } from '../../../domain/place/photo.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';

/** What a picture of an officer becomes: drawn anew by us, so that nothing of the file is left but what it looks like. */

const SIDE = 320;
const QUALITY = 82;
/** A telephone's picture has 12 to 50 million; what claims more is no portrait. */
const MOST_PIXELS = 60_000_000;
const LONGEST_SECONDS = 20;

// Whatever the first bytes say, no other reader is ever started: none for SVG, GIF, TIFF, PDF or a file's name.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer']
});
sharp.cache(false);
sharp.concurrency(1);

export type PhotoProblem =
	'photo-missing' | 'photo-too-large' | 'photo-kind' | 'photo-broken' | 'photo-too-many-pixels';

let last: Promise<unknown> = Promise.resolve();

/** A square WebP without metadata, upright and base64; one picture at a time, so that many at once cost no more memory than one. */
export async function makePortrait(bytes: Uint8Array): Promise<Outcome<string, PhotoProblem>> {
	if (bytes.length === 0) return { ok: false, reason: 'photo-missing' };
	if (bytes.length > LARGEST_PHOTO_BYTES) return { ok: false, reason: 'photo-too-large' };
	if (photoKind(bytes) === null) return { ok: false, reason: 'photo-kind' };
	const mine = last.then(() => draw(bytes));
	last = mine;
	return mine;
}

async function draw(bytes: Uint8Array): Promise<Outcome<string, PhotoProblem>> {
	try {
		const webp = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
			.timeout({ seconds: LONGEST_SECONDS })
			.rotate()
			.resize(SIDE, SIDE, { fit: 'cover', position: 'attention' })
			.flatten({ background: '#ffffff' })
			.webp({ quality: QUALITY })
			.toBuffer();
		return { ok: true, value: webp.toString('base64') };
	} catch (problem) {
		const tooMany = /pixel limit/i.test(String(problem));
		return { ok: false, reason: tooMany ? 'photo-too-many-pixels' : 'photo-broken' };
	}
}
