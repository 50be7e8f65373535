import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { completeProfile } from '../../src/lib/domain/terminal/profile.ts';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { counters } from '../../src/lib/server/db/schema/place.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { chainOf } from '../../src/lib/domain/terminal/chain.ts';
import { readTerminalHealth } from '../../src/lib/server/terminal/reads.ts';
import { changeTerminal, replaceTerminal } from '../../src/lib/server/terminal/upkeep/writes.ts';
import { revokeTerminal } from '../../src/lib/server/terminal/writes.ts';
import { aPairedTablet, CONFIGURATION, HEARTBEAT, heartbeat, PAIRINGS } from '../actors/paired-tablet.ts';
import { aTablet } from '../actors/tablet.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const SUBMISSIONS = '/api/v1/submissions';
const LOUD = completeProfile({ mode: 'full', languages: ['vi'], volume: 0.6, hours: 'site' });

const change = (db: Db, terminalId: string, changes: object = {}) =>
	changeTerminal(db, {
		...{
			organizationId: 'w1',
			terminalId,
			name: 'Máy mới',
			counterId: 'q2',
			profile: LOUD,
			changedBy: 'u1',
			now: NOON
		},
		...changes
	});

test('a change reaches the tablet with its next heartbeat: name, counter, roster and profile', async () => {
	const { tablet, db } = await aPairedTablet();
	const before = await tablet.call('GET', CONFIGURATION, undefined, NOON);
	expect(await change(db, tablet.terminalId)).toEqual({ ok: true, value: { changed: true } });
	const beat = await tablet.call('POST', HEARTBEAT, heartbeat(), NOON);
	expect(beat.value!.revision).not.toBe(before.value!.revision);
	const after = await tablet.call('GET', CONFIGURATION, undefined, NOON);
	expect(after.value).toMatchObject({
		terminal: { name: 'Máy mới' },
		counter: { id: 'q2' },
		duties: [{ id: 'd2' }],
		profile: LOUD
	});
	expect(after.value!.opening).toMatchObject({
		'2026-11-23': [
			['07:30', '11:30'],
			['13:30', '17:00']
		],
		'2026-11-24': [],
		'2026-11-28': []
	});
	expect(await readAuditLines(db, 'w1', 1)).toMatchObject([
		{
			action: 'terminal-changed',
			detail:
				'Máy mới: Máy quầy 1 → Máy mới; → Quầy 2; mode rotating → full; languages [vi,en] → [vi]; volume 0 → 0.6; hours own → site'
		}
	]);
});

test('sheets keep the duty the citizen saw, also when they come after the tablet has moved', async () => {
	const { tablet, db } = await aPairedTablet();
	await change(db, tablet.terminalId);
	await tablet.call('POST', SUBMISSIONS, { sheets: [aSheet({ dutyId: 'd1' })] }, NOON);
	const [sheet] = await db.select().from(sheets);
	expect(sheet).toMatchObject({ counterId: 'q1', officerId: 'o1' });
});

test('saving what is so already leaves no line, and nothing moves to a foreign, archived or unknown counter', async () => {
	const { tablet, db } = await aPairedTablet();
	await aWard(db, 'w2');
	await change(db, tablet.terminalId);
	const lines = await readAuditLines(db, 'w1', 9);
	expect(await change(db, tablet.terminalId)).toEqual({ ok: true, value: { changed: false } });
	expect(await readAuditLines(db, 'w1', 9)).toEqual(lines);
	await commit(
		db,
		async (tx) => void (await tx.update(counters).set({ archivedAt: NOON }).where(eq(counters.id, 'q1')))
	);
	for (const counterId of ['w2-q1', 'q1', 'không'])
		expect(await change(db, tablet.terminalId, { counterId })).toEqual({ ok: false, reason: 'counter-unknown' });
	expect(await change(db, tablet.terminalId, { organizationId: 'w2', counterId: 'w2-q1' })).toMatchObject({
		reason: 'terminal-unknown'
	});
	await revokeTerminal(db, { organizationId: 'w1', terminalId: 't1', reason: 'x', revokedBy: 'u1', now: NOON });
	expect(await change(db, 't1')).toMatchObject({ reason: 'terminal-unknown' });
});

test('a profile stored before a setting existed goes on as it was', async () => {
	const { tablet, db } = await aPairedTablet();
	const old = { mode: 'quick', idleSeconds: 45, thanksSeconds: 4, volume: 0, opensAt: '08:00', closesAt: '16:00' };
	await commit(db, async (tx) => void (await tx.update(terminals).set({ profile: old as never })));
	const { value } = await tablet.call('GET', CONFIGURATION, undefined, NOON);
	expect(value!.profile).toEqual({ ...old, languages: ['vi', 'en'], quiet: null, hours: 'own' });
	expect((value!.opening as Record<string, unknown>)['2026-11-23']).toEqual([['08:00', '16:00']]);
});

async function replacing() {
	const paired = await aPairedTablet();
	const { serving, db, tablet } = paired;
	const successor = aTablet(serving);
	const { value } = await successor.call('POST', PAIRINGS, { publicKey: successor.publicKey }, NOON);
	const replace = (changes: object = {}) =>
		replaceTerminal(db, {
			...{ organizationId: 'w1', terminalId: tablet.terminalId, code: String(value!.code), reason: 'màn hình vỡ' },
			...{ replacedBy: 'u1', now: NOON, ...changes }
		});
	return { ...paired, successor, replace };
}

test('a new tablet takes the place of an old one: name, counter, profile, and the old one is refused', async () => {
	const { tablet, db, successor, replace } = await replacing();
	await change(db, tablet.terminalId);
	await tablet.call('POST', SUBMISSIONS, { sheets: [1, 2, 3].map((sequence) => aSheet({ sequence })) }, NOON);
	const replaced = await replace();
	if (!replaced.ok) throw new Error(replaced.reason);
	successor.terminalId = replaced.value.terminalId;
	expect((await successor.call('GET', CONFIGURATION, undefined, NOON)).value).toMatchObject({
		terminal: { name: 'Máy mới' },
		counter: { id: 'q2' },
		profile: LOUD
	});
	expect((await tablet.call('GET', CONFIGURATION, undefined, NOON)).status).toBe(403);
	// Its own numbers from 1: the old one's are no fork.
	const sent = await successor.call('POST', SUBMISSIONS, { sheets: [aSheet({ sequence: 1 })] }, NOON);
	expect(sent.value).toMatchObject([{ status: 'stored' }]);
	const all = await readTerminalHealth(db, 'w1', NOON);
	const chain = chainOf(all, tablet.terminalId);
	expect(chain.map(({ id, received }) => [id, received])).toEqual([
		[successor.terminalId, 1],
		[tablet.terminalId, 3]
	]);
	expect(chainOf(all, successor.terminalId)).toEqual(chain);
	expect(await readAuditLines(db, 'w1', 1)).toMatchObject([{ action: 'terminal-replaced', reason: 'màn hình vỡ' }]);
});

test('a hundred who replace one tablet at once replace it once, and a wrong code leaves the old one at work', async () => {
	const { tablet, db, replace } = await replacing();
	expect(await replace({ code: 'AAAA-AAAA' })).toEqual({ ok: false, reason: 'pairing-unknown' });
	expect(await replace({ organizationId: 'w2' })).toEqual({ ok: false, reason: 'terminal-unknown' });
	expect((await tablet.call('GET', CONFIGURATION, undefined, NOON)).status).toBe(200);
	const all = await Promise.all(Array.from({ length: 100 }, () => replace()));
	expect(all.filter(({ ok }) => ok)).toHaveLength(1);
	expect((await db.select().from(terminals)).filter(({ predecessorId }) => predecessorId !== null)).toHaveLength(1);
	expect(await replace()).toEqual({ ok: false, reason: 'terminal-replaced' });
});

test('who looks after one site sees the tablets of that site', async () => {
	const { db } = await aPairedTablet();
	expect((await readTerminalHealth(db, 'w1', NOON, ['s1'])).length).toBe(3);
	expect(await readTerminalHealth(db, 'w1', NOON, ['s2'])).toEqual([]);
});
