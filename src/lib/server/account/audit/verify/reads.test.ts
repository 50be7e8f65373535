import { expect, onTestFinished, test } from 'vitest';
import { aWard } from '../../../../../../tests/factories/place.ts';
import { freshDb } from '../../../../../../tests/factories/db.ts';
import { NOON } from '../../../../../../tests/factories/sheet.ts';
import { ChainWalk, type Anchor, type LinkedLine } from '../../../../domain/account/chain.ts';
import { seeded } from '../../../../domain/shared/random.ts';
import { commit, type Db } from '../../../db/db.ts';
import { auditLines } from '../../../db/schema/account.ts';
import { engine } from '../../../db/twin.ts';
import { auditHash } from '../reads.ts';
import { writeAuditLine } from '../writes.ts';
import { compareWithAnchors, readChainHeads, verifyAudit } from './reads.ts';

const LINES = 24;
const SAMPLES = engine === 'sqlite' ? 1_000 : 150;
const ANCHORED = [7, 15, LINES];

async function run(db: Db, ...statements: string[]) {
	await commit(db, async ({ connection }) => {
		for (const text of statements) {
			if (connection.engine === 'sqlite') connection.client.exec(text);
			else await connection.query(text, []);
		}
	});
}

const ON = engine === 'sqlite' ? '' : ' on audit_entry';

/** Whoever tampers has the database to himself: nothing in it stops him. */
async function withoutTriggers(db: Db) {
	if (engine === 'sqlite') return run(db, 'drop trigger audit_entry_stays', 'drop trigger audit_entry_stays_as_it_is');
	await run(db, `drop trigger audit_entry_stays${ON}`);
	onTestFinished(() =>
		run(
			db,
			'create trigger audit_entry_stays before update or delete on audit_entry for each row execute function audit_entry_stays()'
		)
	);
}

async function twoChains() {
	const db = await freshDb();
	for (const organizationId of ['w1', 'w2']) {
		await commit(db, async (tx) => {
			for (let i = 1; i <= LINES; i++) {
				const event = { action: 'counter-changed', object: `q${i}`, detail: `Quầy ${i}`, reason: 'đổi tên' } as const;
				await writeAuditLine(tx, { organizationId, actorId: `u${i % 3}`, ...event, now: NOON + i * 1_000 });
			}
		});
	}
	const lines: LinkedLine[] = await db.select().from(auditLines).orderBy(auditLines.organizationId, auditLines.seq);
	const own = lines.filter(({ organizationId }) => organizationId === 'w1');
	const anchors: Anchor[] = lines
		.filter(({ seq }) => ANCHORED.includes(seq))
		.map(({ organizationId, seq, hash, at }) => ({ organizationId, seq, hash, at }));
	return { db, lines, own, anchors };
}

type Random = () => number;
interface Tampering {
	name: string;
	/** The chain as it stands afterwards, and the lines of which one must be named. */
	after: LinkedLine[];
	at: number;
}

const rehashed = (line: LinkedLine): LinkedLine => ({ ...line, hash: auditHash(line) });
const renumbered = (lines: readonly LinkedLine[], from: number, by: number) =>
	lines.map((line) => (line.seq >= from ? { ...line, seq: line.seq + by } : line));
const nextAnchor = (seq: number) => ANCHORED.find((anchored) => anchored >= seq)!;

/** One thing that somebody does to a chain, drawn at random. */
function tamper(chain: readonly LinkedLine[], random: Random): Tampering {
	const pick = <Each>(list: readonly Each[]) => list[Math.floor(random() * list.length)];
	const seq = 1 + Math.floor(random() * LINES);
	const without = chain.filter((line) => line.seq !== seq);
	const change = (line: LinkedLine): LinkedLine => {
		const field = pick(['at', 'actorId', 'action', 'object', 'detail', 'reason', 'previous', 'hash'] as const);
		return { ...line, [field]: field === 'at' ? line.at + 1 : `${line[field]}0` };
	};
	const with_ = (line: LinkedLine) => chain.map((one) => (one.seq === line.seq ? line : one));
	switch (
		pick(['change', 'change well', 'remove', 'close up', 'put in', 'put before', 'exchange', 'move', 'cut', 'rewrite'])
	) {
		case 'change':
			return { name: 'a field changed', after: with_(change(chain[seq - 1])), at: seq };
		case 'change well': {
			const line = rehashed({ ...chain[seq - 1], detail: 'khác' });
			return { name: 'a field changed and its hash made anew', after: with_(line), at: seq };
		}
		case 'remove':
			return { name: 'a line removed', after: without, at: seq };
		case 'close up':
			return { name: 'a line removed and the others moved up', after: renumbered(without, seq, -1), at: seq };
		case 'put in': {
			const line = rehashed({ ...chain[seq - 1], detail: 'chen vào', object: 'x' });
			return { name: 'a line put in that fits', after: [...renumbered(chain, seq, 1), line], at: seq };
		}
		case 'put before': {
			const line = rehashed({ ...chain[0], seq: 0 - Math.floor(random() * 3), detail: 'trước' });
			return { name: 'a line put before the first', after: [line, ...chain], at: line.seq };
		}
		case 'exchange': {
			const other = (seq % LINES) + 1;
			const [a, b] = [chain[seq - 1], chain[other - 1]];
			const after = chain.map((line) =>
				line.seq === seq ? { ...b, seq } : line.seq === other ? { ...a, seq: other } : line
			);
			return { name: 'two lines exchanged', after, at: Math.min(seq, other) };
		}
		case 'move': {
			const other = pick(chain.filter((line) => line.seq !== seq)).seq;
			const [a, b] = [chain[seq - 1], chain[other - 1]];
			const after = chain.map((line) =>
				line.seq === seq
					? rehashed({ ...b, seq, previous: a.previous })
					: line.seq === other
						? rehashed({ ...a, seq: other, previous: b.previous })
						: line
			);
			return { name: 'two lines exchanged, hashes made anew', after, at: Math.min(seq, other) };
		}
		case 'cut':
			return { name: 'the end cut off', after: chain.filter((line) => line.seq < seq), at: seq };
		default: {
			let previous = '';
			const after = chain.map((line) => {
				const next =
					line.seq < seq ? line : rehashed({ ...line, previous, ...(line.seq === seq && { reason: 'khác' }) });
				previous = next.hash;
				return next;
			});
			return { name: 'everything written anew from a line on', after, at: nextAnchor(seq) };
		}
	}
}

test('an untouched log is whole, and says how much was looked at', async () => {
	const { db, anchors } = await twoChains();
	const whole = { chains: 2, lines: 2 * LINES, anchors: anchors.length, problems: [] };
	expect(await verifyAudit(db, anchors)).toEqual(whole);
	expect(await verifyAudit(db, [], 'w2')).toEqual({ chains: 1, lines: LINES, anchors: 0, problems: [] });
	expect(await compareWithAnchors(db, anchors)).toEqual([]);
});

test(`P24: each of ${SAMPLES} single tamperings is found, and its line is named`, { timeout: 240_000 }, async () => {
	const { db, own, anchors } = await twoChains();
	await withoutTriggers(db);
	const random = seeded(24).next;
	const kinds = new Map<string, number>();
	let unseen = 0;
	for (let i = 0; i < SAMPLES; i++) {
		const { name, after, at } = tamper(own, random);
		kinds.set(name, (kinds.get(name) ?? 0) + 1);
		await run(db, `delete from audit_entry where organization_id = 'w1'`);
		if (after.length > 0)
			await commit(db, (tx) =>
				tx
					.insert(auditLines)
					.values(after)
					.then(() => {})
			);
		const { problems } = await verifyAudit(db, anchors);
		expect(problems, name).toHaveLength(1);
		expect([problems[0].organizationId, problems[0].seq], `${name} at ${at}: ${problems[0].fault}`).toEqual(['w1', at]);
		// The control: the same walk believes every line's own hash.
		const blind = new ChainWalk('w1', [], (line) => (line as LinkedLine).hash);
		for (const line of after.toSorted((a, b) => a.seq - b.seq)) blind.next(line);
		if (blind.end() === null) unseen++;
	}
	expect(kinds.size).toBe(10);
	expect(unseen).toBeGreaterThan(SAMPLES / 20);
	console.log(
		`P24: ${SAMPLES} of ${SAMPLES} tamperings found and located (${[...kinds].map(([kind, n]) => `${kind} ${n}`).join(', ')}); without hashes and anchors ${unseen} would not be`
	);
});

test('a chain that is gone altogether, or cut, or new, shows at a start by its anchors alone', async () => {
	const { db, own, anchors } = await twoChains();
	await withoutTriggers(db);
	await run(db, `delete from audit_entry where organization_id = 'w1' and seq > 10`);
	expect(await compareWithAnchors(db, anchors)).toEqual([{ organizationId: 'w1', seq: 15, fault: 'cut' }]);
	await run(db, `delete from audit_entry where organization_id = 'w1'`);
	expect(await compareWithAnchors(db, anchors)).toEqual([{ organizationId: 'w1', seq: 7, fault: 'gone' }]);
	expect((await verifyAudit(db, anchors)).problems).toEqual([{ organizationId: 'w1', seq: 1, fault: 'gone' }]);
	expect((await verifyAudit(db, [])).problems).toEqual([]);
	const anew = own.map((line) => ({ ...line, hash: auditHash({ ...line, reason: 'khác' }) }));
	await commit(db, (tx) =>
		tx
			.insert(auditLines)
			.values(anew)
			.then(() => {})
	);
	expect(await compareWithAnchors(db, anchors)).toEqual([{ organizationId: 'w1', seq: 7, fault: 'rewritten' }]);
});

test('the foot of a printed page, twelve characters of a hash, is an anchor', async () => {
	const { db, own } = await twoChains();
	const printed = { organizationId: 'w1', seq: 9, hash: own[8].hash.slice(0, 12), at: null };
	expect((await verifyAudit(db, [printed])).problems).toEqual([]);
	const forged = { ...printed, hash: '0'.repeat(12) };
	expect((await verifyAudit(db, [forged])).problems).toEqual([{ organizationId: 'w1', seq: 9, fault: 'rewritten' }]);
	expect(await readChainHeads(db)).toContainEqual({ organizationId: 'w1', seq: LINES, hash: own[LINES - 1].hash });
});

test('the database itself refuses to change or delete a line', async () => {
	const { db } = await twoChains();
	await aWard(db);
	for (const text of [`update audit_entry set detail = ''`, 'delete from audit_entry']) {
		await expect(run(db, text)).rejects.toThrow(/never/);
	}
	expect((await verifyAudit(db, [])).lines).toBe(2 * LINES);
});
