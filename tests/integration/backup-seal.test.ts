import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
	badRecipient,
	isSealed,
	isSealedWithWords,
	makeKey,
	openSealed,
	readIdentities,
	sealFile
} from '../../src/lib/server/backup/seal.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { randomFrom } from '../../terminals/simulator/random.ts';

/** Files do not depend on the engine. */
const once = engine === 'sqlite';
/** What one authenticated block of the age format holds, and its mark. */
const BLOCK = 64 * 1024 + 16;

function aFolder() {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-seal-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}

async function aSealedFile(bytes: number) {
	const folder = aFolder();
	const content = randomBytes(bytes);
	const [plain, sealed] = [join(folder, 'plain'), join(folder, 'sealed')];
	writeFileSync(plain, content);
	const { identity, recipient } = await makeKey();
	expect(await sealFile(plain, sealed, { recipients: [recipient] })).toBe(true);
	let tries = 0;
	/** Opens other bytes under the same key: what came out, or why nothing did. */
	const open = async (bytes: Buffer, by = { identities: [identity] }) => {
		const [changed, out] = [join(folder, `changed${++tries}`), join(folder, `out${tries}`)];
		writeFileSync(changed, bytes);
		const opened = await openSealed(changed, out, by);
		const came = opened.ok ? readFileSync(out) : opened.reason;
		for (const file of [changed, out]) rmSync(file, { force: true });
		return came;
	};
	return { folder, content, sealed, bytes: readFileSync(sealed), identity, open };
}

test.runIf(once)('what is sealed for a key comes back byte by byte, for that key and no other', async () => {
	const { sealed, content, bytes, open } = await aSealedFile(3 * 64 * 1024 + 5);
	expect(isSealed(sealed)).toBe(true);
	expect(isSealedWithWords(sealed)).toBe(false);
	expect(bytes.includes(content.subarray(0, 32))).toBe(false);
	expect((await open(bytes)) as Buffer).toEqual(content);
	const { identity: another } = await makeKey();
	expect(await open(bytes, { identities: [another] })).toBe('key-wrong');
});

test.runIf(once)('what is sealed with words comes back with them, and with no others', async () => {
	const folder = aFolder();
	const [plain, sealed, out] = ['plain', 'sealed', 'out'].map((name) => join(folder, name)) as [string, string, string];
	writeFileSync(plain, 'Kính gửi');
	expect(await sealFile(plain, sealed, { passphrase: 'mười sáu ký tự trở lên', work: 10 })).toBe(true);
	expect(isSealedWithWords(sealed)).toBe(true);
	expect(await openSealed(sealed, out, { passphrase: 'mười sáu ký tự khác hẳn' })).toEqual({
		ok: false,
		reason: 'key-wrong'
	});
	expect(existsSync(out)).toBe(false);
	expect(await openSealed(sealed, out, { passphrase: 'mười sáu ký tự trở lên' })).toMatchObject({ ok: true });
	expect(readFileSync(out, 'utf8')).toBe('Kính gửi');
});

test.runIf(once)('no changed bit, cut, exchanged, doubled or added block ever passes for the whole', async () => {
	const { bytes, open } = await aSealedFile(5 * 64 * 1024);
	const head = bytes.length - 5 * BLOCK;
	const block = (i: number) => bytes.subarray(head + i * BLOCK, head + (i + 1) * BLOCK);
	const put = (...blocks: Buffer[]) => Buffer.concat([bytes.subarray(0, head), ...blocks]);
	const [a, b, c, d, e] = [0, 1, 2, 3, 4].map(block) as [Buffer, Buffer, Buffer, Buffer, Buffer];
	const wrong: Record<string, Buffer> = {
		'cut at a block': put(a, b, c, d),
		'cut within a block': bytes.subarray(0, bytes.length - 1),
		'cut to its head': bytes.subarray(0, head),
		exchanged: put(a, c, b, d, e),
		'without the middle': put(a, b, d, e),
		doubled: put(a, a, b, c, d, e),
		'last one first': put(e, b, c, d, a),
		'one more byte': Buffer.concat([bytes, Buffer.alloc(1)]),
		'one more block': put(a, b, c, d, e, e)
	};
	for (const [what, changed] of Object.entries(wrong))
		expect([what, await open(changed)]).toEqual([what, 'sealed-damaged']);
	const random = randomFrom('flips');
	for (let flip = 0; flip < 150; flip++) {
		const changed = Buffer.from(bytes);
		const at = Math.floor(random() * (flip % 3 === 0 ? head : bytes.length));
		changed[at]! ^= 1 << Math.floor(random() * 8);
		expect([flip, at, typeof (await open(changed))]).toEqual([flip, at, 'string']);
	}
});

test.runIf(once)('a key file is read as age writes it, and what is no key is none', async () => {
	const { identity, recipient } = await makeKey();
	expect(readIdentities(`# created: 2026\r\n# public key: ${recipient}\r\n${identity}\r\n`)).toEqual([identity]);
	expect(readIdentities('# nothing\n')).toBeNull();
	expect(readIdentities(recipient)).toBeNull();
	expect(badRecipient([recipient])).toBeNull();
	const typo = recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'));
	expect(badRecipient([recipient, typo])).toBe(typo);
});
