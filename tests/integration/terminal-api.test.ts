import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/domain/shared/time.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { duties, officers } from '../../src/lib/server/db/schema/place.ts';
import { pairings, terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { readAuditLines } from '../../src/lib/server/account/reads.ts';
import { readTerminalHealth } from '../../src/lib/server/terminal/reads.ts';
import { approvePairing, revokeTerminal } from '../../src/lib/server/terminal/writes.ts';
import { aTablet, callApi } from '../actors/tablet.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const PAIRINGS = '/api/v1/terminals/pairings';
const CONFIGURATION = '/api/v1/terminals/configuration';
const HEARTBEAT = '/api/v1/terminals/heartbeat';
const DUTIES = '/api/v1/terminals/duties';
const PROFILE = {
	mode: 'rotating',
	idleSeconds: 30,
	thanksSeconds: 4,
	volume: 0,
	opensAt: '07:00',
	closesAt: '17:30'
} as const;
const ADMINISTRATOR = { organizationId: 'w1', approvedBy: 'u1', counterId: 'q1', name: 'Máy quầy 1', profile: PROFILE };

const heartbeat = (overrides = {}) => ({
	appVersion: '0.1.0',
	made: 0,
	queued: 0,
	oldestQueuedAt: null,
	refused: 0,
	battery: 0.8,
	charging: true,
	clockOffset: 12,
	storagePersisted: true,
	storageUsed: 1000,
	storageQuota: 1_000_000,
	...overrides
});

async function aPairedTablet(now = NOON) {
	const serving = await aServing();
	await aWard(serving.db);
	const tablet = aTablet(serving);
	const { value } = await tablet.call('POST', PAIRINGS, { publicKey: tablet.publicKey }, now);
	const approved = await approvePairing(serving.db, { ...ADMINISTRATOR, code: String(value!.code), now });
	if (!approved.ok) throw new Error(approved.reason);
	tablet.terminalId = approved.value.terminalId;
	return { serving, tablet, db: serving.db, code: String(value!.code) };
}

test('a tablet shows a code and a QR, an administrator approves it, and the tablet learns its name', async () => {
	const serving = await aServing();
	await aWard(serving.db);
	const tablet = aTablet(serving);
	const asked = await tablet.call('POST', PAIRINGS, { publicKey: tablet.publicKey }, NOON);
	expect(asked.status).toBe(201);
	const code = String(asked.value!.code);
	expect(asked.value).toMatchObject({
		approveUrl: `https://langnghe.example.vn/admin/terminals?code=${code}`,
		expiresAt: new Date(NOON + 10 * MINUTE_MS).toISOString(),
		qr: expect.stringMatching(/^M0 0h7v1h-7z/),
		size: expect.any(Number)
	});
	const state = async (now: number) => (await callApi(serving, 'GET', `${PAIRINGS}/${code}`, '', now)).value;
	expect(await state(NOON)).toEqual({ state: 'waiting' });
	const shown = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
	const approved = await approvePairing(serving.db, { ...ADMINISTRATOR, code: shown, now: NOON });
	expect(approved).toEqual({ ok: true, value: { terminalId: expect.stringMatching(/^[0-9a-z]{10}$/) } });
	expect(await state(NOON)).toEqual({ state: 'approved', terminalId: approved.ok && approved.value.terminalId });
	expect(await readAuditLines(serving.db, 'w1', 5)).toMatchObject([{ action: 'terminal-approved', actorId: 'u1' }]);
});

test('a code is used once, for ten minutes, and only for a counter of the same organization', async () => {
	const serving = await aServing();
	await aWard(serving.db);
	await aWard(serving.db, 'w2');
	const tablet = aTablet(serving);
	const ask = async (now: number) =>
		String((await tablet.call('POST', PAIRINGS, { publicKey: tablet.publicKey }, now)).value!.code);
	const code = await ask(NOON);
	const approve = (change: object) => approvePairing(serving.db, { ...ADMINISTRATOR, code, now: NOON, ...change });
	expect(await approve({ counterId: 'w2-q1' })).toEqual({ ok: false, reason: 'counter-unknown' });
	expect(await approve({ now: NOON + 10 * MINUTE_MS })).toEqual({ ok: false, reason: 'pairing-unknown' });
	expect((await callApi(serving, 'GET', `${PAIRINGS}/${code}`, '', NOON + 10 * MINUTE_MS)).value).toEqual({
		state: 'expired'
	});
	expect(await approve({ code: 'AAAA' })).toEqual({ ok: false, reason: 'pairing-unknown' });
	const both = await Promise.all([approve({}), approve({})]);
	expect(both.filter(({ ok }) => ok)).toHaveLength(1);
	await ask(NOON + 2 * DAY_MS);
	expect(await serving.db.select().from(pairings)).toHaveLength(1);
});

test('of a key only the public half of P-256 is kept, and nothing that is no such key', async () => {
	const serving = await aServing();
	const tablet = aTablet(serving);
	const ask = (publicKey: unknown) => tablet.call('POST', PAIRINGS, { publicKey }, NOON);
	expect((await ask({ ...tablet.privateJwk, key_ops: ['sign'] })).status).toBe(201);
	const [{ publicKey }] = await serving.db.select().from(pairings);
	expect(Object.keys(publicKey).sort()).toEqual(['crv', 'kty', 'x', 'y']);
	const x = 'A'.repeat(43);
	for (const bad of [
		undefined,
		null,
		'key',
		{ kty: 'RSA', n: 'AQAB', e: 'AQAB' },
		{ ...tablet.publicKey, crv: 'P-384' },
		{ ...tablet.publicKey, x: 7 },
		{ ...tablet.publicKey, x, y: x }
	]) {
		expect(await ask(bad)).toMatchObject({ status: 400, value: { code: 'body-malformed' } });
	}
	expect(await serving.db.select().from(pairings)).toHaveLength(1);
});

test('an unknown code, a malformed body and another content type are coded answers', async () => {
	const serving = await aServing();
	const code = async (method: string, path: string, body: string, headers = {}) => {
		const { status, value } = await callApi(serving, method, path, body, NOON, headers);
		return `${status} ${String(value!.code)}`;
	};
	const json = { 'content-type': 'application/json' };
	expect(await code('GET', `${PAIRINGS}/ABCD-EFGH`, '')).toBe('404 pairing-unknown');
	expect(await code('GET', `${PAIRINGS}/x`, '')).toBe('404 pairing-unknown');
	expect(await code('GET', `${PAIRINGS}/..%2F..`, '')).toBe('404 not-found');
	expect(await code('GET', PAIRINGS, '')).toBe('405 method-not-allowed');
	expect(await code('POST', PAIRINGS, '{', json)).toBe('400 json-malformed');
	expect(await code('POST', PAIRINGS, 'null', json)).toBe('400 body-malformed');
	expect(await code('POST', PAIRINGS, '{}')).toBe('415 content-type');
});

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
		profile: PROFILE,
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

test('more than 120 new codes in a minute are too many', async () => {
	const serving = await aServing();
	const tablet = aTablet(serving);
	const statuses = new Set<number>();
	for (let i = 0; i < 125; i++) {
		const { status, headers } = await tablet.call('POST', PAIRINGS, { publicKey: tablet.publicKey }, NOON);
		statuses.add(status);
		if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
	}
	expect(statuses).toContain(429);
});
