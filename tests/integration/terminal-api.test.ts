import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { duties, officers } from '../../src/lib/server/db/schema/place.ts';
import { begunCounts } from '../../src/lib/server/db/schema/report.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import { setTerminalPace } from '../../src/lib/server/http/limits.ts';
import { readTerminalHealth } from '../../src/lib/server/terminal/reads.ts';
import { revokeTerminal } from '../../src/lib/server/terminal/writes.ts';
import { aPairedTablet, CONFIGURATION, DUTIES, HEARTBEAT, heartbeat } from '../actors/paired-tablet.ts';
import { callApi } from '../actors/tablet.ts';
import { A_PROFILE, aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

test('a tablet gets everything it needs for two weeks, and 304 while that is still so', async () => {
	const { tablet, db } = await aPairedTablet();
	await commit(db, async (tx) => {
		const base = { organizationId: 'w1', counterId: 'q1', officerId: 'o2', source: 'roster' } as const;
		await tx.insert(duties).values([
			{ ...base, id: 'past', startsAt: NOON - 3 * DAY_MS, endsAt: NOON - 2 * DAY_MS },
			{ ...base, id: 'next', startsAt: NOON + 13 * DAY_MS, endsAt: NOON + 14 * DAY_MS },
			{ ...base, id: 'far', startsAt: NOON + 16 * DAY_MS, endsAt: null },
			{ ...base, id: 'elsewhere', counterId: 'q2', startsAt: NOON, endsAt: null }
		]);
	});
	const first = await tablet.call('GET', CONFIGURATION, undefined, NOON);
	expect(first.value).toMatchObject({
		terminal: { id: tablet.terminalId, name: 'Máy quầy 1' },
		organization: { id: 'w1', demonstration: false },
		counter: { id: 'q1', number: '1' },
		fieldId: 'f1',
		officers: [{ id: 'o1', photo: null }, { id: 'o2' }],
		questionnaire: { id: 'SIPAS5-v1' },
		profile: A_PROFILE,
		pin: { iterations: 210_000 },
		serverTime: new Date(NOON).toISOString()
	});
	expect((first.value!.duties as { id: string }[]).map(({ id }) => id)).toEqual(['d1', 'next']);
	const known = { 'if-none-match': first.headers.etag };
	expect(first.headers.etag).toBe(`"${String(first.value!.revision)}"`);
	expect(await tablet.call('GET', CONFIGURATION, undefined, NOON + HOUR_MS, known)).toMatchObject({
		status: 304,
		body: ''
	});
	await commit(db, (tx) =>
		tx
			.insert(officers)
			.values({ id: 'o3', organizationId: 'w1', name: 'Mới' })
			.then(() => {})
	);
	expect((await tablet.call('GET', CONFIGURATION, undefined, NOON + HOUR_MS, known)).status).toBe(200);
	const beat = await tablet.call('POST', HEARTBEAT, heartbeat(), NOON + HOUR_MS);
	expect(beat.value!.revision).not.toBe(first.value!.revision);
});

test('while no PIN is set there is a hash, but no PIN that opens', async () => {
	const { tablet } = await aPairedTablet();
	const { pin } = (await tablet.call('GET', CONFIGURATION, undefined, NOON)).value as { pin: Record<string, string> };
	expect(Buffer.from(pin.hash, 'base64')).toHaveLength(32);
	expect(Buffer.from(pin.salt, 'base64')).toHaveLength(16);
});

test('nobody but the tablet itself is answered, and a revoked one is not', async () => {
	const { tablet, serving, db } = await aPairedTablet();
	for (const [method, path, body] of [
		['GET', CONFIGURATION, ''],
		['POST', HEARTBEAT, JSON.stringify(heartbeat())],
		['POST', DUTIES, '{"duties":[{"id":"x","officerId":null,"startsAt":"2026-11-23T05:00:00Z"}]}']
	]) {
		const code = async (headers: Record<string, string>) => {
			const { status, value } = await callApi(serving, method, path, body, NOON, {
				'content-type': 'application/json',
				...headers
			});
			return `${status} ${String(value!.code)}`;
		};
		expect(await code({})).toBe('401 terminal-unknown');
		expect(await code({ 'x-terminal': 'nonsense' })).toBe('401 terminal-unknown');
		expect(await code({ 'x-terminal': `${tablet.terminalId}.${NOON}.AAAA` })).toBe('401 signature-wrong');
		expect(await code(tablet.signature('PUT', path, body, NOON))).toBe('401 signature-wrong');
		expect(await code(tablet.signature(method, path, `${body} `, NOON))).toBe('401 signature-wrong');
	}
	expect(await db.select().from(terminals)).toContainEqual(
		expect.objectContaining({ id: tablet.terminalId, lastSeenAt: null })
	);
	const revocation = { terminalId: tablet.terminalId, reason: 'mất máy', revokedBy: 'u1', now: NOON };
	expect(await revokeTerminal(db, { organizationId: 'w2', ...revocation })).toMatchObject({ ok: false });
	expect(await revokeTerminal(db, { organizationId: 'w1', ...revocation })).toMatchObject({ ok: true });
	expect(await revokeTerminal(db, { organizationId: 'w1', ...revocation })).toMatchObject({ ok: false });
	expect(await tablet.call('GET', CONFIGURATION, undefined, NOON)).toMatchObject({
		status: 403,
		value: { code: 'terminal-revoked' }
	});
	expect(await readAuditLines(db, 'w1', 5)).toContainEqual(
		expect.objectContaining({ action: 'terminal-revoked', detail: 'Máy quầy 1: mất máy' })
	);
});

test('a heartbeat tells how often somebody began, which is kept apart and not with the tablet; an older one does not', async () => {
	const { tablet, db } = await aPairedTablet();
	expect((await tablet.call('POST', HEARTBEAT, heartbeat(), NOON)).status).toBe(200);
	expect(await db.select().from(begunCounts)).toEqual([]);
	const begun = [{ day: '2026-11-23', dutyId: 'd1', times: 7 }];
	expect((await tablet.call('POST', HEARTBEAT, heartbeat({ begun }), NOON)).status).toBe(200);
	expect(await db.select().from(begunCounts)).toMatchObject([{ counterId: 'q1', officerId: 'o1', times: 7 }]);
	const [{ heartbeat: kept }] = await db.select().from(terminals).where(eq(terminals.id, tablet.terminalId));
	expect(kept).not.toHaveProperty('begun');
	for (const wrong of [[{ ...begun[0], times: -1 }], [{ ...begun[0], day: '2026-02-30' }], Array(501).fill(begun[0])])
		expect((await tablet.call('POST', HEARTBEAT, heartbeat({ begun: wrong }), NOON)).status).toBe(400);
});

test('a heartbeat that cannot be true is refused and leaves the last one standing', async () => {
	const { tablet, db } = await aPairedTablet();
	expect((await tablet.call('POST', HEARTBEAT, heartbeat({ made: 7 }), NOON)).status).toBe(200);
	for (const change of [
		{ made: -1 },
		{ made: 1.5 },
		{ made: '9' },
		{ queued: null },
		{ battery: 80 },
		{ oldestQueuedAt: 'hôm qua' },
		{ appVersion: 'x'.repeat(65) },
		{ clockOffset: undefined }
	]) {
		expect((await tablet.call('POST', HEARTBEAT, heartbeat(change), NOON + 1)).value).toMatchObject({
			code: 'body-malformed'
		});
	}
	const [row] = (await db.select().from(terminals)).filter(({ id }) => id === tablet.terminalId);
	expect(row).toMatchObject({ lastSeenAt: NOON, heartbeat: { made: 7 } });
});

test('a change of duty made on the tablet counts once, at its own time, and closes nothing', async () => {
	const { tablet, db } = await aPairedTablet();
	const change = (id: string, officerId: string | null, at: number) => ({
		id,
		officerId,
		startsAt: new Date(at).toISOString()
	});
	const send = (...list: unknown[]) => tablet.call('POST', DUTIES, { duties: list }, NOON);
	const yesterday = NOON - DAY_MS;
	expect((await send(change('c1', 'o2', yesterday), change('c2', null, NOON + DAY_MS))).status).toBe(204);
	expect((await send(change('c1', 'o1', NOON))).status).toBe(204);
	const stored = new Map((await db.select().from(duties)).map((duty) => [duty.id, duty]));
	expect(stored.get('c1')).toMatchObject({
		counterId: 'q1',
		officerId: 'o2',
		startsAt: yesterday,
		endsAt: null,
		source: 'terminal'
	});
	expect(stored.get('c2')).toMatchObject({ officerId: null, startsAt: NOON });
	expect(stored.get('d1')!.endsAt).toBeNull();
	const lines = (await readAuditLines(db, 'w1', 9)).filter(({ action }) => action === 'duty-changed-on-terminal');
	expect(lines).toHaveLength(2);
});

test('an officer of another organization is refused without holding up the other changes', async () => {
	const { tablet, db } = await aPairedTablet();
	await aWard(db, 'w2');
	const startsAt = new Date(NOON).toISOString();
	const list = [
		{ id: 'c1', officerId: 'w2-o1', startsAt },
		{ id: 'c2', officerId: 'o2', startsAt }
	];
	expect(await tablet.call('POST', DUTIES, { duties: list }, NOON)).toMatchObject({
		status: 422,
		value: { code: 'officer-unknown' }
	});
	const stored = (await db.select().from(duties)).map(({ id }) => id);
	expect(stored).toContain('c2');
	expect(stored).not.toContain('c1');
	for (const bad of [
		{},
		{ duties: [] },
		{ duties: 'c1' },
		{ duties: [{ id: '../x', officerId: null, startsAt }] },
		{ duties: [{ id: 'c3', officerId: null, startsAt: 'mai' }] },
		{ duties: Array.from({ length: 501 }, (_, i) => ({ id: `n${i}`, officerId: null, startsAt })) }
	]) {
		expect((await tablet.call('POST', DUTIES, bad, NOON)).value).toMatchObject({ code: 'body-malformed' });
	}
});

test('the health of a tablet says what it made, what came, what is missing and what waits', async () => {
	const { tablet, db } = await aPairedTablet();
	const send = (...sequences: number[]) =>
		tablet.call('POST', '/api/v1/submissions', { sheets: sequences.map((sequence) => aSheet({ sequence })) }, NOON);
	expect((await send(1, 2, 3, 5)).status).toBe(200);
	await tablet.call(
		'POST',
		HEARTBEAT,
		heartbeat({ made: 8, queued: 2, refused: 1, battery: 0.1, charging: false }),
		NOON
	);
	const health = await readTerminalHealth(db, 'w1', NOON);
	expect(health.find(({ id }) => id === tablet.terminalId)).toMatchObject({
		name: 'Máy quầy 1',
		counter: 'Quầy 1',
		made: 8,
		received: 4,
		missing: 2,
		queued: 2,
		refused: 1,
		quarantined: 0,
		forkedAt: null,
		lastSeenAt: NOON,
		battery: 0.1,
		gaps: [
			[4, 4],
			[6, 8]
		],
		health: { level: 'alarm', code: 'missing', signs: ['missing', 'refused', 'battery-low'] }
	});
	await send(9);
	expect((await readTerminalHealth(db, 'w1', NOON)).find(({ id }) => id === tablet.terminalId)).toMatchObject({
		made: 9,
		received: 5
	});
	expect(await readTerminalHealth(db, 'w2', NOON)).toEqual([]);
});

test('a tablet that sends too fast is told when to come back, and nothing of what it sent is taken', async () => {
	const { tablet } = await aPairedTablet();
	setTerminalPace(5000);
	onTestFinished(() => setTerminalPace(0));
	const statuses: number[] = [];
	for (let i = 0; i < 11; i++) statuses.push((await tablet.call('POST', HEARTBEAT, heartbeat(), NOON)).status);
	expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
	const refused = await tablet.call('POST', HEARTBEAT, heartbeat(), NOON);
	expect(refused).toMatchObject({ headers: { 'retry-after': '5' }, value: { code: 'too-many-requests' } });
	// A stranger who uses its name spends nothing of what it may send.
	const forged = { 'x-terminal': `${tablet.terminalId}.${NOON}.${'A'.repeat(86)}` };
	for (let i = 0; i < 11; i++) await tablet.call('POST', '/api/v1/submissions', { sheets: [] }, NOON, forged);
	expect((await tablet.call('POST', '/api/v1/submissions', { sheets: [] }, NOON)).status).toBe(400);
});
