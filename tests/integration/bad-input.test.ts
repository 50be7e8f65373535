import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { REQUEST_BYTES } from '../../src/lib/domain/submission/sheet.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { quarantine, sheetComments, sheets } from '../../src/lib/server/db/schema/submission.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { sheetProblems } from '../../terminals/app/staff-words.ts';
import { randomFrom } from '../../terminals/simulator/random.ts';
import { aTablet } from '../actors/tablet.ts';
import { wrongCounts } from '../faults/compare.ts';
import { mutated } from '../faults/mutate.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const SUBMISSIONS = '/api/v1/submissions';
/** Letters that only a Vietnamese sentence has. */
const VIETNAMESE = /[ăâđêôơưạảấầẩậắằặẹẻẽếềệịọỏốồổộớờợụủứừữựỳỵýàáãèéìíòóõùú]/;

/** A paired tablet beside another at its counter; an id of its own, for a server keeps the keys it has seen. */
async function aTabletBeside(serving: Serving, model: string) {
	const tablet = aTablet(serving);
	const [row] = await serving.db.select().from(terminals).where(eq(terminals.id, model));
	tablet.terminalId = randomUUID();
	await commit(serving.db, async (tx) => {
		await tx.insert(terminals).values({ ...row, id: tablet.terminalId, publicKey: tablet.publicKey });
	});
	return tablet;
}

/** A tablet in one ward and another in the next. */
async function aWardWithTablets() {
	const serving = await aServing();
	await aWard(serving.db);
	await aWard(serving.db, 'w2');
	const [tablet, other] = [await aTabletBeside(serving, 't1'), await aTabletBeside(serving, 'w2-t1')];
	return { serving, db: serving.db, tablet, other, id: tablet.terminalId };
}

const body = (sheets: unknown[]) => JSON.stringify({ sheets });
const nested = (depth: number) => `{"sheets":${'['.repeat(depth)}${']'.repeat(depth)}}`;

test.each([
	['malformed JSON', '{"sheets":[', 400, 'json-malformed'],
	['an empty body', '', 400, 'json-malformed'],
	['a text', '"phiếu"', 400, 'sheets-missing'],
	['null', 'null', 400, 'sheets-missing'],
	['a list without its name', body([]).slice(10, -1), 400, 'sheets-missing'],
	['no sheets', '{}', 400, 'sheets-missing'],
	['an empty list', body([]), 400, 'sheets-missing'],
	['sheets that are no list', '{"sheets":{"length":1,"0":{}}}', 400, 'sheets-missing'],
	['a list hidden in the prototype', '{"__proto__":{"sheets":[1]}}', 400, 'sheets-missing'],
	['501 sheets', body(Array.from({ length: 501 }, (_, i) => aSheet({ sequence: i + 1 }))), 413, 'too-many-sheets'],
	['2 MB', body(['x'.repeat(2 * 1024 * 1024)]), 413, 'body-too-large'],
	['one byte too many', body(['x'.repeat(REQUEST_BYTES)]).slice(0, REQUEST_BYTES + 1), 413, 'body-too-large'],
	['100 000 lists in one another', nested(100_000), 400, 'json-malformed']
])('a request with %s is refused with a code and a sentence, and stores nothing', async (_, text, status, code) => {
	const { tablet, db } = await aWardWithTablets();
	const answer = await tablet.call('POST', SUBMISSIONS, text, NOON);
	expect(answer).toMatchObject({ status, value: { code, message: expect.stringMatching(VIETNAMESE) } });
	expect(await db.select().from(sheets)).toEqual([]);
	expect(await db.select().from(quarantine)).toEqual([]);
});

test('who may not send is told so, and a revoked tablet that its sheets are kept', async () => {
	const { tablet, other, db, id } = await aWardWithTablets();
	const text = body([aSheet({ dutyId: null })]);
	const signed = tablet.signature('POST', SUBMISSIONS, text, NOON)['x-terminal'];
	const [, at, signature] = signed.split('.');
	const refusals: [string, Record<string, string>, string, number, string][] = [
		['no signature', { 'x-terminal': '' }, text, 401, 'terminal-unknown'],
		['a header of other form', { 'x-terminal': 'a.b.c.d.e' }, text, 401, 'terminal-unknown'],
		['an unknown tablet', { 'x-terminal': `nobody.${at}.${signature}` }, text, 401, 'terminal-unknown'],
		['an empty signature', { 'x-terminal': `${id}.${at}.AAAA` }, text, 401, 'signature-wrong'],
		['zeros', { 'x-terminal': `${id}.${at}.${Buffer.alloc(64).toString('base64url')}` }, text, 401, 'signature-wrong'],
		['another time', { 'x-terminal': `${id}.${Number(at) + 1}.${signature}` }, text, 401, 'signature-wrong'],
		['another body', { 'x-terminal': signed }, body([aSheet()]), 401, 'signature-wrong'],
		["another tablet's key", other.signature('POST', SUBMISSIONS, text, NOON), text, 200, ''],
		['another path', tablet.signature('POST', '/api/v1/terminals/duties', text, NOON), text, 401, 'signature-wrong'],
		['another method', tablet.signature('GET', SUBMISSIONS, text, NOON), text, 401, 'signature-wrong'],
		['another content type', { 'content-type': 'text/plain' }, text, 415, 'content-type']
	];
	for (const [name, headers, sent, status, code] of refusals) {
		const answer = await tablet.call('POST', SUBMISSIONS, sent, NOON, headers);
		if (status === 200) continue;
		expect(answer, name).toMatchObject({ status, value: { code, message: expect.stringMatching(VIETNAMESE) } });
	}
	expect((await db.select().from(sheets)).map((row) => row.organizationId)).toEqual(['w2']);
	await commit(
		db,
		async (tx) => void (await tx.update(terminals).set({ revokedAt: NOON }).where(eq(terminals.id, id)))
	);
	const answer = await tablet.call('POST', SUBMISSIONS, text, NOON);
	expect(answer.status).toBe(403);
	expect(answer.value).toEqual({ code: 'terminal-revoked', message: expect.stringContaining('Phiếu đã lưu vẫn còn') });
	expect(await db.select().from(sheets)).toHaveLength(1);
});

const odd = (overrides: object) => ({ ...aSheet({ sequence: 2 }), ...overrides });
const answer = (value: unknown, itemId: unknown = 'PV') => odd({ answers: [{ itemId, value }] });
const own = randomUUID();

test.each<[string, unknown, string]>([
	['the value 0', answer(0), 'value-invalid'],
	['the value 6', answer(6), 'value-invalid'],
	['the value 4.5', answer(4.5), 'value-invalid'],
	['the value "5"', answer('5'), 'value-invalid'],
	['the value true', answer(true), 'value-invalid'],
	['a value of 300 digits', answer(Number('9'.repeat(300))), 'value-invalid'],
	['no value', odd({ answers: [{ itemId: 'PV' }] }), 'value-invalid'],
	['an unknown item', answer(5, 'XX'), 'item-unknown'],
	['an item of another version', answer(5, 'TC1'), 'item-unknown'],
	['the item __proto__', answer(5, '__proto__'), 'item-unknown'],
	['an item that is no text', answer(5, { toString: 'PV' }), 'sheet-malformed'],
	['an item answered twice', odd({ answers: Array(2).fill({ itemId: 'PV', value: 5 }) }), 'item-repeated'],
	['no answers', odd({ answers: [] }), 'answers-empty'],
	['answers that all say "not applicable"', answer(null), 'answers-empty'],
	['10 000 answers', odd({ answers: Array(10_000).fill({ itemId: 'PV', value: 5 }) }), 'sheet-malformed'],
	['an unknown version', odd({ versionId: 'SIPAS5-v9' }), 'version-unknown'],
	['the version constructor', odd({ versionId: 'constructor' }), 'version-unknown'],
	['an unknown reason', odd({ reasons: ['R00'] }), 'reason-unknown'],
	['a clock that is no time', odd({ answeredAt: 'hôm qua' }), 'clock-malformed'],
	['a clock without its zone of a day that is none', odd({ answeredAt: '2026-13-45T25:61:00Z' }), 'clock-malformed'],
	['a clock that is a number', odd({ answeredAt: NOON }), 'clock-malformed'],
	['the running number 0', odd({ sequence: 0 }), 'sequence-malformed'],
	['the running number −1', odd({ sequence: -1 }), 'sequence-malformed'],
	['the running number 1e308', odd({ sequence: 1e308 }), 'sequence-malformed'],
	['the running number "2"', odd({ sequence: '2' }), 'sequence-malformed'],
	['an id that is no UUID', odd({ id: '1' }), 'id-malformed'],
	['an id that is a statement', odd({ id: "x'; drop table sheet; --" }), 'id-malformed'],
	['a sheet that replaces itself', odd({ id: own, replaces: own }), 'replaces-itself'],
	['a field of another ward', odd({ fieldId: 'w2-f1' }), 'field-unknown'],
	['a duty of another ward', odd({ dutyId: 'w2-d1' }), 'duty-foreign'],
	['a duty with a NUL', odd({ dutyId: 'd1\u0000' }), 'sheet-malformed'],
	['a duty with half a character', odd({ dutyId: 'd1\ud83d' }), 'sheet-malformed'],
	['a locale that is none', odd({ locale: 'French' }), 'sheet-malformed'],
	['a comment that is no text', odd({ comment: { html: '<b>' } }), 'sheet-malformed'],
	['a comment of 1 001 characters', odd({ comment: 'ă'.repeat(1001) }), 'comment-too-long'],
	['a comment of 100 000 characters', odd({ comment: 'ă'.repeat(100_000) }), 'comment-too-long'],
	['no dutyId at all', { ...odd({}), dutyId: undefined }, 'sheet-malformed'],
	['null', null, 'sheet-malformed'],
	['a number', 5, 'sheet-malformed'],
	['a text with a NUL', 'phiếu\u0000\ud800', 'sheet-malformed'],
	['a list', [[[]]], 'id-malformed']
])('a sheet with %s is kept aside word for word, and its neighbours are stored', async (_, sheet, code) => {
	const { tablet, db } = await aWardWithTablets();
	const neighbours = [aSheet({ sequence: 1 }), aSheet({ sequence: 3 })];
	const text = body([neighbours[0], sheet, neighbours[1]]);
	for (const status of ['stored', 'duplicate']) {
		const { value, status: http } = await tablet.call('POST', SUBMISSIONS, text, NOON);
		expect(http).toBe(200);
		const id = (sheet as { id?: unknown } | null)?.id;
		expect(value).toEqual([
			{ id: neighbours[0].id, status },
			{ id: typeof id === 'string' ? id : null, status: 'quarantined', code },
			{ id: neighbours[1].id, status }
		]);
	}
	const kept = await db.select().from(quarantine);
	expect(kept).toMatchObject([{ terminalId: tablet.terminalId, code }]);
	expect(kept[0].body).toBe(JSON.stringify((JSON.parse(text) as { sheets: unknown[] }).sheets[1]));
	expect(sheetProblems, 'staff can read the code on the tablet').toHaveProperty(code);
	expect(await db.select().from(sheets)).toHaveLength(2);
	expect(await wrongCounts(db)).toEqual([]);
});

test.each<[string, object, object]>([
	['a clock in 2076', { answeredAt: '2076-01-01T08:00:00+07:00' }, { day: '2026-11-23', flags: 'clock-future' }],
	['a clock in 1970', { answeredAt: '1970-01-01T00:00:00Z' }, { day: '2026-11-23', flags: 'clock-past' }],
	['a clock in the year 0000', { answeredAt: '0000-01-01T00:00:00Z' }, { day: '2026-11-23', flags: 'clock-past' }],
	['a duty that nobody knows', { dutyId: 'dX' }, { officerId: '', counterId: 'q1', flags: 'duty-unknown' }],
	['a stranger to replace', { replaces: randomUUID() }, { flags: 'replaces-foreign' }],
	['an id in capitals', { id: randomUUID().toUpperCase() }, { flags: '' }],
	['a field that nobody asked for', { score: 1, isAdmin: true }, { answers: '--5--', flags: '' }],
	['the largest running number', { sequence: Number.MAX_SAFE_INTEGER }, { flags: '' }]
])('a sheet with %s is stored and says what is doubtful', async (_, overrides, expected) => {
	const { tablet, db } = await aWardWithTablets();
	const before = aSheet({ sequence: 1 });
	const sheet = odd(overrides);
	const { value } = await tablet.call('POST', SUBMISSIONS, { sheets: [before, sheet] }, NOON);
	expect(value).toMatchObject([{ status: 'stored' }, { status: 'stored' }]);
	const rows = await db.select().from(sheets);
	expect(rows).toContainEqual(expect.objectContaining(expected));
	expect(await db.select().from(quarantine)).toEqual([]);
	expect(await wrongCounts(db)).toEqual([]);
});

test.each([
	['NFD text', 'Cán bộ rất tận tình'.normalize('NFD'), 'Cán bộ rất tận tình'.normalize('NFC')],
	['control characters', 'Tốt\u0000\u0007\u202e\ud800 lắm\r\n!', 'Tốt lắm\n!'],
	['markup, kept as text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
	['a formula, kept as text', '=HYPERLINK("http://x")', '=HYPERLINK("http://x")'],
	['exactly 1 000 characters', 'ă'.repeat(1000), 'ă'.repeat(1000)],
	['1 000 characters that are 2 000 in NFD', 'ă'.normalize('NFD').repeat(1000), 'ă'.repeat(1000)]
])('a comment with %s is stored once, in NFC and harmless', async (_, sent, stored) => {
	const { tablet, db } = await aWardWithTablets();
	const sheet = aSheet({ comment: sent });
	for (const status of ['stored', 'duplicate']) {
		const { value } = await tablet.call('POST', SUBMISSIONS, { sheets: [sheet] }, NOON);
		expect(value).toEqual([{ id: sheet.id, status }]);
	}
	expect((await db.select().from(sheetComments)).map(({ comment }) => comment)).toEqual([stored]);
});

test('a comment of nothing but spaces and controls is none', async () => {
	const { tablet, db } = await aWardWithTablets();
	await tablet.call(
		'POST',
		SUBMISSIONS,
		{ sheets: [aSheet({ comment: ' \u0000\u200b\n'.replace('\u200b', '') })] },
		NOON
	);
	expect(await db.select().from(sheets)).toHaveLength(1);
	expect(await db.select().from(sheetComments)).toEqual([]);
});

test('a captured request that is replayed changes nothing, and serves nobody else', async () => {
	const { tablet, db } = await aWardWithTablets();
	const text = body([aSheet({ sequence: 1 }), aSheet({ sequence: 2 })]);
	const headers = tablet.signature('POST', SUBMISSIONS, text, NOON);
	const replay = (later: number) => tablet.call('POST', SUBMISSIONS, text, NOON + later, headers);
	await replay(0);
	const before = await db.select().from(sheets);
	for (const later of [1, 1000, 86_400_000]) {
		expect((await replay(later)).value).toMatchObject([{ status: 'duplicate' }, { status: 'duplicate' }]);
	}
	expect(await db.select().from(sheets)).toEqual(before);
	expect(await wrongCounts(db)).toEqual([]);
});

test('the same id with another content does not touch the first, from the same tablet or another', async () => {
	const { serving, tablet, db } = await aWardWithTablets();
	const second = await aTabletBeside(serving, 't2');
	const sheet = aSheet({ answers: [{ itemId: 'PV', value: 1 }] });
	const other = { ...sheet, answers: [{ itemId: 'PV', value: 5 }] };
	await tablet.call('POST', SUBMISSIONS, { sheets: [sheet] }, NOON);
	for (const sender of [tablet, second]) {
		const { value } = await sender.call('POST', SUBMISSIONS, { sheets: [other] }, NOON);
		expect(value).toEqual([{ id: sheet.id, status: 'quarantined', code: 'id-taken' }]);
	}
	expect(await db.select().from(sheets)).toMatchObject([{ answers: '--1--', flags: '' }]);
	expect(await db.select().from(quarantine)).toHaveLength(2);
});

test('a heartbeat with text that a database cannot hold is no unexpected error', async () => {
	const { tablet } = await aWardWithTablets();
	const beat = {
		...{ appVersion: '0.1.0', made: 1, queued: 0, oldestQueuedAt: null, refused: 0, battery: 1, charging: true },
		...{ clockOffset: 0, storagePersisted: true, storageUsed: 1, storageQuota: 2 }
	};
	for (const appVersion of ['0.1\u0000', '0.1\ud800', '<script>']) {
		const { status } = await tablet.call('POST', '/api/v1/terminals/heartbeat', { ...beat, appVersion }, NOON);
		expect([200, 400]).toContain(status);
	}
	const comment = { ...beat, oldestQueuedAt: '1 Jan 2026 (\u0000)' };
	expect([200, 400]).toContain((await tablet.call('POST', '/api/v1/terminals/heartbeat', comment, NOON)).status);
	const duties = [{ id: randomUUID(), officerId: null, startsAt: '1 Jan 2026 (\u0000)' }];
	expect([204, 400]).toContain((await tablet.call('POST', '/api/v1/terminals/duties', { duties }, NOON)).status);
});

test('hundreds of mutated sheets never meet an unexpected error, and never take a neighbour with them', async () => {
	const { tablet, db } = await aWardWithTablets();
	const random = randomFrom('mutated sheets');
	for (let i = 0; i < 300; i++) {
		const good = aSheet({ sequence: 2 * i + 1, comment: 'Tốt' });
		const bad = mutated(random, aSheet({ sequence: 2 * i + 2, comment: 'Chậm', reasons: ['R01'] }));
		const { status, value } = await tablet.call('POST', SUBMISSIONS, { sheets: [good, bad] }, NOON);
		expect(status).toBe(200);
		expect(value).toMatchObject([{ id: good.id, status: expect.stringMatching(/^(stored|quarantined)$/) }, {}]);
	}
	expect((await db.select().from(sheets)).length + (await db.select().from(quarantine)).length).toBeGreaterThan(590);
	expect(await wrongCounts(db)).toEqual([]);
});
