import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { ledger, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { acceptSheets, type Sender } from '../../src/lib/server/submission/writes.ts';
import { wrongCounts } from '../faults/compare.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

/** One tap: seconds after the one before (a clock may jump back), whether it corrects it or names a sheet that is not there. */
const tap = fc.record({
	after: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(-3600, 86_400 * 400)),
	replaces: fc.constantFrom('nothing', 'nothing', 'nothing', 'the one before', 'a stranger'),
	value: fc.integer({ min: 1, max: 5 })
});
/** How the sheets travel: for each, in which requests it goes (a sheet may go in several), and whether all are sent at once. */
const journey = fc.record({
	taps: fc.array(tap, { minLength: 2, maxLength: 9 }),
	requestsOf: fc.infiniteStream(fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 })),
	shuffle: fc.infiniteStream(fc.nat(1000)),
	atOnce: fc.boolean()
});
type Taps = { after: number; replaces: string; value: number }[];

function history(taps: Taps): Sheet[] {
	let at = NOON - 40 * 86_400_000;
	const made: Sheet[] = [];
	for (const { after, replaces, value } of taps) {
		at += after * 1000;
		const before = made.at(-1);
		const replaced = { nothing: null, 'the one before': before?.id ?? null, 'a stranger': randomUUID() }[replaces]!;
		const answeredAt = new Date(at).toISOString();
		made.push(
			aSheet({ sequence: made.length + 1, answeredAt, replaces: replaced ?? null, answers: [{ itemId: 'PV', value }] })
		);
	}
	return made;
}

/** The flags of a tablet's sheets by running number. */
async function flagsOf(db: Db, sender: Sender): Promise<string[]> {
	const flags = new Map((await db.select().from(sheets)).map((row) => [row.id, row.flags]));
	const lines = (await db.select().from(ledger)).filter(({ terminalId }) => terminalId === sender.id);
	return lines.sort((a, b) => a.sequence - b.sequence).map(({ sheetId }) => flags.get(sheetId)!);
}

test('in whatever order, pieces and repetitions sheets arrive, they end with the same flags and right counts', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	let tablets = 0;
	const aSender = () => ({ ...sender, id: `tablet-${++tablets}` });

	await fc.assert(
		fc.asyncProperty(journey, async ({ taps, requestsOf, shuffle, atOnce }) => {
			const [straight, crooked] = [aSender(), aSender()];
			for (const sheet of history(taps)) await acceptSheets(db, straight, [sheet], NOON);

			const requests: Sheet[][] = [[], [], [], [], []];
			const order = history(taps)
				.map((sheet) => ({ sheet, place: shuffle.next().value }))
				.sort((a, b) => a.place - b.place);
			for (const { sheet } of order) for (const request of requestsOf.next().value) requests[request].push(sheet);
			const sent = requests.filter((request) => request.length > 0);
			if (atOnce) await Promise.all(sent.map((request) => acceptSheets(db, crooked, request, NOON)));
			else for (const request of sent) await acceptSheets(db, crooked, request, NOON);

			expect(await flagsOf(db, crooked)).toEqual(await flagsOf(db, straight));
		}),
		{ numRuns: 40, seed: 42 }
	);
	expect(await wrongCounts(db)).toEqual([]);
	expect((await verifyCounts(db)).differences).toEqual([]);
});

test('one stored sheet may gain two flags in one commit', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const at = (seconds: number) => new Date(NOON - 3_600_000 + seconds * 1000).toISOString();
	const [first, second] = [aSheet({ sequence: 1, answeredAt: at(0) }), aSheet({ sequence: 2, answeredAt: at(5) })];
	const third = aSheet({ sequence: 3, answeredAt: at(8), replaces: second.id });
	await acceptSheets(db, sender, [second], NOON);
	await acceptSheets(db, sender, [third, first], NOON);
	expect(await flagsOf(db, sender)).toEqual(['', 'repeat,replaced', '']);
	expect(await wrongCounts(db)).toEqual([]);
});

test('a tablet whose clock has lost its year is flagged for that, but its citizens are no repeats of each other', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const at = (minutes: number) => new Date(Date.UTC(1976, 0, 1) + minutes * 60_000).toISOString();
	const made = [1, 2, 3, 4].map((sequence) => aSheet({ sequence, answeredAt: at(sequence) }));
	await acceptSheets(db, sender, made, NOON);
	expect(await flagsOf(db, sender)).toEqual(Array(4).fill('clock-past'));
});
