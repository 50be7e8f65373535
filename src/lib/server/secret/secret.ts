import {
	createCipheriv,
	createDecipheriv,
	createHmac,
	createSecretKey,
	hkdfSync,
	randomBytes,
	randomFillSync,
	type KeyObject
} from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BadEnvironment, type Environment } from '../environment.ts';

/** What a secret is used for: each purpose has a key of its own, so that no value of one says anything about another. */
export type Purpose =
	| 'ticket'
	| 'api-ticket'
	| 'visit-ticket'
	| 'request'
	| 'form'
	| 'device'
	| 'fingerprint'
	| 'live-pass'
	| 'live-secret'
	| 'live-slip'
	| 'live-question'
	| 'hall-pack'
	| 'case'
	| 'case-file';

/**
 * The secret of an installation, kept outside its database: who holds a copy of the database alone can test no ticket and read no
 * request. HKDF (RFC 5869) makes a key a purpose.
 */
export interface Secret {
	/** HMAC-SHA256, base64url: the same text gives the same mark, and the mark gives nothing back. */
	mark: (purpose: Purpose, text: string) => string;
	/** AES-256-GCM under a fresh nonce, base64url. */
	seal: (purpose: Purpose, text: string) => string;
	/** The text, or null where it was sealed under another secret or purpose, or was changed. */
	unseal: (purpose: Purpose, sealed: string) => string | null;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function secretFrom(key: string): Secret {
	const keys = new Map<Purpose, KeyObject>();
	const keyFor = (purpose: Purpose) => {
		let own = keys.get(purpose);
		if (!own) keys.set(purpose, (own = derived(key, purpose)));
		return own;
	};
	return {
		mark: (purpose, text) => createHmac('sha256', keyFor(purpose)).update(text).digest('base64url'),
		seal(purpose, text) {
			const nonce = freshNonce();
			const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
			const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
			return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
		},
		unseal(purpose, sealed) {
			const bytes = Buffer.from(sealed, 'base64url');
			if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
			const options = { authTagLength: TAG_BYTES };
			const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, NONCE_BYTES), options);
			decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
			try {
				const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
				return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
			} catch {
				return null;
			}
		}
	};
}

const store = { bytes: Buffer.alloc(NONCE_BYTES * 256), used: Infinity };

/** Drawn many at once, for asking the system costs as much as sealing; each is given out one time. */
function freshNonce(): Buffer {
	if (store.used + NONCE_BYTES > store.bytes.length) {
		randomFillSync(store.bytes);
		store.used = 0;
	}
	return Buffer.from(store.bytes.subarray(store.used, (store.used += NONCE_BYTES)));
}

/** As a key object: whoever gives bytes has one made with every call. */
const derived = (key: string, purpose: Purpose) =>
	createSecretKey(Buffer.from(hkdfSync('sha256', key, 'lang-nghe', purpose, KEY_BYTES)));

/** The secret of the environment: `SECRET_KEY`, which all nodes share, or the file's, which the first start makes. */
export function openSecret({ secretKey, secretFile }: Pick<Environment, 'secretKey' | 'secretFile'>): Secret {
	return secretFrom(secretKey ?? keyOfFile(secretFile));
}

function keyOfFile(file: string): string {
	try {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, randomBytes(KEY_BYTES).toString('base64url') + '\n', { flag: 'wx', mode: 0o600, flush: true });
		chmodSync(file, 0o600);
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
	}
	const key = readFileSync(file, 'utf8').trim();
	if (key.length < KEY_BYTES) throw new BadEnvironment(`SECRET_FILE ${file} holds no key of at least 32 characters.`);
	return key;
}
