import { scrypt } from 'node:crypto';
import { secretFrom } from './secret.ts';

/** Files that go from one installation to another, whose secrets have nothing in common. */

const KEY_BYTES = 32;
/** 32 MB and some 100 ms a try: the code has 60 bits, so that is room enough. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** The key that a code makes which a person carries beside the file. */
export function keyOfCode(code: string, salt: string): Promise<string> {
	return new Promise((resolve, reject) => {
		scrypt(code, salt, KEY_BYTES, COST, (problem, key) =>
			problem ? reject(problem) : resolve(key.toString('base64url'))
		);
	});
}

export const sealFile = (key: string, text: string) => secretFrom(key).seal('hall-pack', text);

/** The text, or null where the key is another or anything was changed. */
export const unsealFile = (key: string, sealed: string) => secretFrom(key).unseal('hall-pack', sealed);
