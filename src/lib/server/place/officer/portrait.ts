import { LARGEST_PHOTO_BYTES, photoKind } from '../../../domain/place/photo.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { drawAnew } from '../../picture/drawing.ts';

const SIDE = 320;
const QUALITY = 82;

export type PhotoProblem =
	'photo-missing' | 'photo-too-large' | 'photo-kind' | 'photo-broken' | 'photo-too-many-pixels';

/** What a picture of an officer becomes: a square WebP, base64. */
export async function makePortrait(bytes: Uint8Array): Promise<Outcome<string, PhotoProblem>> {
	if (bytes.length === 0) return { ok: false, reason: 'photo-missing' };
	if (bytes.length > LARGEST_PHOTO_BYTES) return { ok: false, reason: 'photo-too-large' };
	if (photoKind(bytes) === null) return { ok: false, reason: 'photo-kind' };
	const drawn = await drawAnew(bytes, (picture) =>
		picture
			.resize(SIDE, SIDE, { fit: 'cover', position: 'attention' })
			.flatten({ background: '#ffffff' })
			.webp({ quality: QUALITY })
	);
	return drawn.ok
		? { ok: true, value: drawn.value.toString('base64') }
		: { ok: false, reason: `photo-${drawn.reason}` };
}
