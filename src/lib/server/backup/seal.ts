import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Outcome } from '../../domain/shared/outcome.ts';

/** What a backup is locked with: public keys whose private ones lie elsewhere, or words that somebody keeps. */
export type SealWith = { recipients: readonly string[] } | { passphrase: string; work?: number };
/** What opens it again. */
export type OpenWith = { identities: readonly string[] } | { passphrase: string };

const FIRST_LINE = Buffer.from('age-encryption.org/v1\n');
const BLOCK = 256 * 1024;
/** 2^18 steps over 256 MB: some seconds for whoever tries a word. */
const SCRYPT_WORK = 18;

/** Whether a file is locked in the age format (C2SP age v1), so that `age` itself opens it as well. */
export function isSealed(path: string): boolean {
	const head = Buffer.alloc(FIRST_LINE.length);
	const handle = openSync(path, 'r');
	try {
		return readSync(handle, head) === head.length && head.equals(FIRST_LINE);
	} finally {
		closeSync(handle);
	}
}

/** Whether it was locked with words; the first stanza of its head says so. */
export function isSealedWithWords(path: string): boolean {
	const head = Buffer.alloc(FIRST_LINE.length + '-> scrypt '.length);
	const handle = openSync(path, 'r');
	try {
		readSync(handle, head);
		return head.subarray(FIRST_LINE.length).toString() === '-> scrypt ';
	} finally {
		closeSync(handle);
	}
}

/** Null where each is a public key as it should be; else the first that is none. */
export function badRecipient(recipients: readonly string[]): string | null {
	return (
		recipients.find((each) => {
			try {
				new Encrypter().addRecipient(each);
				return false;
			} catch {
				return true;
			}
		}) ?? null
	);
}

/**
 * Locks a file into a new one and flushes it, then opens what was written and compares it with what was to be locked: with the words,
 * or with a key of this moment that is one more recipient and is forgotten, for the private keys are not here. False: it is not the same.
 */
export async function sealFile(plain: string, sealed: string, seal: SealWith): Promise<boolean> {
	const encrypter = new Encrypter();
	const decrypter = new Decrypter();
	if ('passphrase' in seal) {
		encrypter.setPassphrase(seal.passphrase);
		encrypter.setScryptWorkFactor(seal.work ?? SCRYPT_WORK);
		decrypter.addPassphrase(seal.passphrase);
	} else {
		if (seal.recipients.length === 0) throw new Error('A backup is sealed for somebody');
		for (const recipient of seal.recipients) encrypter.addRecipient(recipient);
		const identity = await generateX25519Identity();
		encrypter.addRecipient(await identityToRecipient(identity));
		decrypter.addIdentity(identity);
	}
	const before = createHash('sha256');
	const input = noting(blocksOf(plain), before);
	await writeBlocks(await encrypter.encrypt(streamOf(input)), sealed);
	const after = createHash('sha256');
	for await (const block of await decrypter.decrypt(streamOf(blocksOf(sealed)))) after.update(block);
	return before.digest('hex') === after.digest('hex');
}

/** Opens a locked file into a new one and flushes it. What was changed, cut or put together otherwise is never given out as whole. */
export async function openSealed(
	sealed: string,
	plain: string,
	by: OpenWith
): Promise<Outcome<null, 'key-wrong' | 'sealed-damaged'>> {
	const decrypter = new Decrypter();
	if ('passphrase' in by) decrypter.addPassphrase(by.passphrase);
	else for (const identity of by.identities) decrypter.addIdentity(identity);
	try {
		await writeBlocks(await decrypter.decrypt(streamOf(blocksOf(sealed))), plain);
		return { ok: true, value: null };
	} catch (problem) {
		// Of the disk, not of the file.
		if ((problem as NodeJS.ErrnoException).syscall) throw problem;
		const unknown = (problem as Error).message === "no identity matched any of the file's recipients";
		return { ok: false, reason: unknown ? 'key-wrong' : 'sealed-damaged' };
	}
}

const blocksOf = (path: string): AsyncIterable<Uint8Array> => createReadStream(path, { highWaterMark: BLOCK });

async function* noting(blocks: AsyncIterable<Uint8Array>, hash: { update: (block: Uint8Array) => unknown }) {
	for await (const block of blocks) {
		hash.update(block);
		yield block;
	}
}

function streamOf(blocks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
	return Readable.toWeb(Readable.from(blocks, { objectMode: true })) as ReadableStream<Uint8Array>;
}

/** Into a file that was not there, readable by its owner only. */
async function writeBlocks(blocks: AsyncIterable<Uint8Array>, path: string) {
	const handle = await open(path, 'wx', 0o600);
	try {
		for await (const block of blocks) await handle.writeFile(block);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** A new pair of keys, in age's own writing. */
export async function makeKey(): Promise<{ identity: string; recipient: string }> {
	const identity = await generateX25519Identity();
	return { identity, recipient: await identityToRecipient(identity) };
}

/** The private keys in a key file as `backup-key` or `age-keygen` writes it; null where there is none, or one is none. */
export function readIdentities(text: string): string[] | null {
	const identities = text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'));
	try {
		const decrypter = new Decrypter();
		for (const identity of identities) decrypter.addIdentity(identity);
	} catch {
		return null;
	}
	return identities.length > 0 ? identities : null;
}
