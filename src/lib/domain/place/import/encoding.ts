/** How a file's bytes were read. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Why there is no text in a file. */
export type Unreadable = 'empty' | 'spreadsheet' | 'binary' | 'old-font';

export type Decoded = { ok: true; text: string; encoding: Encoding } | { ok: false; reason: Unreadable };

/** A zip (.xlsx, .ods) and an OLE file (.xls): what people choose when they mean the table inside. */
const SPREADSHEETS = [
	[0x50, 0x4b, 0x03, 0x04],
	[0xd0, 0xcf, 0x11, 0xe0]
];

/**
 * The text of a file as offices have them: UTF-8, UTF-16 either way round, else CP1258 (Vietnamese Windows, marks after their letters).
 * What is valid UTF-8 is UTF-8: Vietnamese in CP1258 practically never is. The text is NFC.
 */
export function decode(bytes: Uint8Array): Decoded {
	if (SPREADSHEETS.some((magic) => magic.every((byte, i) => bytes[i] === byte))) return no('spreadsheet');
	const encoding = wideEncoding(bytes) ?? (read(bytes, 'utf-8') === null ? 'windows-1258' : 'utf-8');
	const text = read(bytes, encoding)?.normalize('NFC');
	if (text === undefined || isBinary(text)) return no('binary');
	if (text.trim() === '') return no('empty');
	if (encoding === 'windows-1258' && looksLikeOldFont(text)) return no('old-font');
	return { ok: true, text, encoding };
}

const no = (reason: Unreadable): Decoded => ({ ok: false, reason });

/** null where the bytes are no such text; a byte order mark is not part of it. */
function read(bytes: Uint8Array, encoding: Encoding): string | null {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}

/** UTF-16 by its mark or, without one, by the zeros that every digit, separator and line end brings. */
function wideEncoding(bytes: Uint8Array): Encoding | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	const start = bytes.subarray(0, 2048 - (bytes.length % 2));
	const zeros = [0, 0];
	for (const [i, byte] of start.entries()) if (byte === 0) zeros[i % 2]++;
	const [even, odd] = zeros;
	if (odd > start.length / 8 && even === 0) return 'utf-16le';
	if (even > start.length / 8 && odd === 0) return 'utf-16be';
	return null;
}

/** No list of people holds control characters; a picture or a PDF does at once. */
function isBinary(text: string): boolean {
	return (
		/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/.test(text.slice(0, 100_000)) || text.startsWith('%PDF') || text.includes('\0')
	);
}

/** TCVN3 (.VnTime) under CP1258: signs stand inside words, 'NguyÔn V¨n §øc', which no Vietnamese word has. */
function looksLikeOldFont(text: string): boolean {
	const signs = text.match(/[\p{L}][¨©®¸µ¶·¹»¼½¾¬­§][\p{L}\s]|§[\p{L}]/gu) ?? [];
	return signs.length > 0;
}
