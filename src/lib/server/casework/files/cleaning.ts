import {
	LARGEST_ATTACHMENT,
	type AttachmentProblem,
	type AttachmentType
} from '../../../domain/casework/attachment.ts';
import { photoKind } from '../../../domain/place/photo.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { drawAnew } from '../../picture/drawing.ts';
import { judgePdf } from './pdf.ts';

/** A photographed page of A4 stays readable. */
const SIDE = 2400;
const QUALITY = 82;

export interface CleanFile {
	type: AttachmentType;
	content: Buffer;
}

/** What is kept of a file that is handed in: decided by its bytes, since its name and declared type are anybody's to choose. */
export async function cleanFile(bytes: Uint8Array): Promise<Outcome<CleanFile, AttachmentProblem>> {
	if (bytes.length === 0) return { ok: false, reason: 'file-missing' };
	if (bytes.length > LARGEST_ATTACHMENT) return { ok: false, reason: 'file-too-large' };
	if (photoKind(bytes) === null) {
		const judged = judgePdf(bytes);
		return judged.ok ? { ok: true, value: { type: 'application/pdf', content: Buffer.from(bytes) } } : judged;
	}
	const drawn = await drawAnew(bytes, (picture) =>
		picture
			.resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
			.flatten({ background: '#ffffff' })
			.jpeg({ quality: QUALITY })
	);
	return drawn.ok
		? { ok: true, value: { type: 'image/jpeg', content: drawn.value } }
		: { ok: false, reason: `file-${drawn.reason}` };
}
