/**
 * What a tablet signs with its own ECDSA P-256 key (SHA-256, IEEE P1363 encoding): method, path, time and body. The header is
 * `x-terminal: <terminal id>.<milliseconds>.<signature base64url>`; replays are harmless because every call is idempotent.
 */
export const SIGNATURE_HEADER = 'x-terminal';

export function signedText(method: string, path: string, at: number, body: string): string {
	return `${method}\n${path}\n${at}\n${body}`;
}

export interface SignatureHeader {
	terminalId: string;
	at: number;
	signature: string;
}

export function formatSignatureHeader({ terminalId, at, signature }: SignatureHeader): string {
	return `${terminalId}.${at}.${signature}`;
}

/** null when the header has not the three parts. */
export function parseSignatureHeader(header: string): SignatureHeader | null {
	const [terminalId, at, signature, ...rest] = header.split('.');
	if (!terminalId || !at || !signature || rest.length > 0 || !/^\d{1,15}$/.test(at)) return null;
	return { terminalId, at: Number(at), signature };
}
