import { inState, readFact, strictly, writeFact, type Database } from './database.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const;

/**
 * This tablet's own key pair. The private half cannot be read out, not even by this program, so a copy of the tablet's storage
 * signs nothing elsewhere.
 */
export class Identity {
	#keys: CryptoKeyPair;

	private constructor(keys: CryptoKeyPair) {
		this.#keys = keys;
	}

	/** The stored identity, or a new one, stored before it is used. */
	static async load(db: Database): Promise<Identity> {
		const kept = await readFact(db, 'keys');
		if (kept) return new Identity(kept);
		const keys = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
		await writeFact(db, 'keys', keys);
		return new Identity(keys);
	}

	/** Forgets the identity and the running numbers that belong to it; only for an empty outbox. */
	static forget(db: Database): Promise<void> {
		return strictly(db, async (tx) => {
			const left = await tx.objectStore('sheets').index('queue').count(inState('sealed'));
			if (left > 0) throw new Error('sheets wait in the outbox');
			const names = ['keys', 'terminalId', 'configuration', 'dismissed', 'sequence', 'confirmed'] as const;
			await Promise.all(names.map((name) => tx.objectStore('facts').delete(name)));
		});
	}

	publicKey(): Promise<JsonWebKey> {
		return crypto.subtle.exportKey('jwk', this.#keys.publicKey);
	}

	/** ECDSA P-256, SHA-256, IEEE P1363, base64url: as domain/terminal/signature.ts asks. */
	async sign(text: string): Promise<string> {
		const signature = await crypto.subtle.sign(ALGORITHM, this.#keys.privateKey, new TextEncoder().encode(text));
		return base64url(new Uint8Array(signature));
	}
}

function base64url(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
}
