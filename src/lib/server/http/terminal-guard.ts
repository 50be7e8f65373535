import { createPublicKey, verify, type JsonWebKey as NodeJwk, type KeyObject } from 'node:crypto';
import { parseSignatureHeader, SIGNATURE_HEADER, signedText } from '../../domain/terminal/signature.ts';
import type { Db } from '../db/db.ts';
import { readTerminal, type Terminal } from '../terminal/reads.ts';
import type { Call } from './call.ts';
import { mayTerminalSend } from './limits.ts';
import { Refusal } from './problem.ts';

/** The tablet that signed this call, unless it is revoked; that is read with every request. */
export async function requireTerminal(db: Db, call: Call): Promise<Terminal> {
	const terminal = await signerOf(db, call);
	if (terminal.revokedAt !== null) throw new Refusal('terminal-revoked');
	return terminal;
}

/** The revoked tablet that signed this call, while an administrator lets it hand its queue over; every other is refused. */
export async function requireRescue(db: Db, call: Call, now: number): Promise<Terminal & { rescueUntil: number }> {
	const terminal = await signerOf(db, call);
	const { revokedAt, rescueUntil } = terminal;
	if (revokedAt === null) throw new Refusal('terminal-active');
	if (rescueUntil === null || rescueUntil <= now) throw new Refusal('terminal-revoked');
	return { ...terminal, rescueUntil };
}

/** The signature (ECDSA P-256, SHA-256) is checked on libuv's pool, so that one core can check while another stores. */
async function signerOf(db: Db, call: Call): Promise<Terminal> {
	const header = parseSignatureHeader(call.header(SIGNATURE_HEADER) ?? '');
	if (!header) throw new Refusal('terminal-unknown');
	const terminal = await readTerminal(db, header.terminalId);
	if (!terminal) throw new Refusal('terminal-unknown');
	const text = signedText(call.method, call.path, header.at, call.body);
	if (!(await isSignedBy(terminal, text, header.signature))) throw new Refusal('signature-wrong');
	const kind = call.path.endsWith('/submissions') ? 'sheets' : 'state';
	if (!mayTerminalSend(terminal.id, kind)) throw new Refusal('too-many-requests');
	return terminal;
}

const SIGNATURE_BYTES = 64;

function isSignedBy(terminal: Terminal, text: string, signature: string): Promise<boolean> {
	const bytes = Buffer.from(signature, 'base64url');
	if (bytes.length !== SIGNATURE_BYTES) return Promise.resolve(false);
	return new Promise((resolve) =>
		verify('sha256', Buffer.from(text), keyOf(terminal), inDer(bytes), (error, valid) => resolve(!error && valid))
	);
}

/**
 * The signature r ‖ s as OpenSSL has it: DER, SEQUENCE of two INTEGERs. Node would do the same for `dsaEncoding`, but an options
 * object costs the loop several times what a bare key does, a third of what the request may cost.
 */
function inDer(bytes: Buffer): Buffer {
	const integers = [bytes.subarray(0, SIGNATURE_BYTES / 2), bytes.subarray(SIGNATURE_BYTES / 2)].map((number) => {
		const start = number.findIndex((byte) => byte !== 0);
		const magnitude = number.subarray(start < 0 ? number.length - 1 : start);
		// A leading bit of one would make it negative.
		return magnitude[0] & 0x80 ? [0, ...magnitude] : [...magnitude];
	});
	const [r, s] = integers;
	return Buffer.from([0x30, r.length + s.length + 4, 0x02, r.length, ...r, 0x02, s.length, ...s]);
}

/** A tablet's key never changes under its id, so the parsed form can be kept. */
const keys = new Map<string, KeyObject>();

function keyOf({ id, publicKey }: Terminal): KeyObject {
	let key = keys.get(id);
	if (!key) keys.set(id, (key = createPublicKey({ key: publicKey as NodeJwk, format: 'jwk' })));
	return key;
}
