import { inflateSync } from 'node:zlib';
import type { AttachmentProblem } from '../../../domain/casework/attachment.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';

/**
 * A PDF is kept byte for byte, since a signature over it must still hold. So it is looked at instead: one that would run something,
 * carries another file, hides what it holds, or is a second kind of file at the same time, is not taken.
 */

/** Names that make a reader run or unpack something. Their letters may be written as '#4a'. */
const ACTIVE = /\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|GoToE)(?![\w.-])/;
const LOCKED = /\/Encrypt(?![\w.-])/;
/** Whoever guesses what a file is looks at its beginning. */
const SNIFFED = 1024;
const PAGE_IN_FRONT = /<\s*(?:!doctype|html|head|body|script|svg|iframe|img)\b/i;
/** The end of a ZIP's table of contents may have as much behind it. */
const ZIP_TAIL = 66_000;
const ZIP_END = 'PK\x05\x06';
/** Object streams hold names and numbers, no pictures: what unpacks to more is there to fill a memory. */
const MOST_UNPACKED = 8 * 1024 * 1024;

export function judgePdf(bytes: Uint8Array): Outcome<null, AttachmentProblem> {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
	if (!/^%PDF-[12]\.\d\s/.test(text)) return { ok: false, reason: 'file-kind' };
	if (PAGE_IN_FRONT.test(text.slice(0, SNIFFED)) || text.slice(-ZIP_TAIL).includes(ZIP_END))
		return { ok: false, reason: 'file-kind' };
	// Nothing stands behind the end of the last table.
	if (!/startxref\s+\d+\s+%%EOF[\s\0]*$/.test(text.slice(-SNIFFED))) return { ok: false, reason: 'file-broken' };
	const plain = namesPlain(text);
	if (LOCKED.test(plain)) return { ok: false, reason: 'file-locked' };
	const packed = unpackObjects(text);
	if (!packed || packed.length !== (plain.match(/\/ObjStm(?![\w.-])/g) ?? []).length)
		return { ok: false, reason: 'file-broken' };
	return [plain, ...packed.map(namesPlain)].some((each) => ACTIVE.test(each))
		? { ok: false, reason: 'file-active' }
		: { ok: true, value: null };
}

const namesPlain = (text: string) =>
	text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** What is inside the object streams; null where one cannot be read, or is larger than any is. */
function unpackObjects(text: string): string[] | null {
	const unpacked: string[] = [];
	let left = MOST_UNPACKED;
	for (const { index, 0: keyword } of text.matchAll(/(?<!end)stream\r?\n/g)) {
		const dictionary = namesPlain(text.slice(Math.max(0, text.lastIndexOf(' obj', index)), index));
		if (!/\/ObjStm(?![\w.-])/.test(dictionary)) continue;
		const end = text.indexOf('endstream', index + keyword.length);
		if (end < 0) return null;
		const body = Buffer.from(text.slice(index + keyword.length, end), 'latin1');
		const filters = /\/Filter\s*\[?\s*([^\]>]*)/.exec(dictionary)?.[1] ?? '';
		if (!filters) {
			unpacked.push(body.toString('latin1'));
			continue;
		}
		if (!/^\/Fl(?:ateDecode)?\b/.test(filters) || /\/Predictor\s+(?!1\b)\d/.test(dictionary)) return null;
		try {
			const plain = inflateSync(body, { maxOutputLength: left });
			left -= plain.length;
			unpacked.push(plain.toString('latin1'));
		} catch {
			return null;
		}
	}
	return unpacked;
}
