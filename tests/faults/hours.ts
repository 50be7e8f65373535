import { hourCounts } from '../../src/lib/server/db/schema/report.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { packUuid } from '../../src/lib/server/submission/writes.ts';

/** The first 48 signs of base64url. */
const THREE_IN_FOUR = /^[A-Za-v]/;
const COUNTED_FLAGS = /replaced|forked|clock/;

/** Adds the stored sheets up by the hour they were made in, by rules written here anew, and says every cell that differs. */
export async function wrongHours(db: Db, answeredAt: ReadonlyMap<string, string>): Promise<string[]> {
	const times = new Map([...answeredAt].map(([id, at]) => [packUuid(id), new Date(Date.parse(at) + 7 * 3_600_000)]));
	const wanted = new Map<string, number[]>();
	for (const { id, channel, flags, answers, siteId, versionId } of await db.select().from(sheets)) {
		const local = times.get(id);
		if (!local || channel !== 'terminal' || COUNTED_FLAGS.test(flags) || !THREE_IN_FOUR.test(id)) continue;
		const cell = [local.toISOString().slice(0, 7), siteId, versionId, local.getUTCDay() || 7, local.getUTCHours()].join(
			' '
		);
		const sum = wanted.get(cell) ?? Array<number>(11).fill(0);
		const own = [...answers].flatMap((answer) => [Number(answer >= '1'), Number(answer >= '4')]);
		wanted.set(
			cell,
			sum.map((value, i) => value + (i === 0 ? 1 : own[i - 1]))
		);
	}
	const actual = new Map<string, number[]>();
	for (const row of await db.select().from(hourCounts)) {
		const cell = [row.month, row.siteId, row.versionId, row.weekday, row.hour].join(' ');
		const figures = [
			...[row.sheets, row.tcAnswers, row.tcSatisfied, row.hcAnswers, row.hcSatisfied, row.pvAnswers, row.pvSatisfied],
			...[row.kqAnswers, row.kqSatisfied, row.ttAnswers, row.ttSatisfied]
		];
		if (figures.some((figure) => figure !== 0)) actual.set(cell, figures);
	}
	return [...new Set([...wanted.keys(), ...actual.keys()])]
		.filter((cell) => wanted.get(cell)?.join() !== actual.get(cell)?.join())
		.map(
			(cell) =>
				`${cell}: ${wanted.get(cell)?.join() ?? 'none'} counted by the hour as ${actual.get(cell)?.join() ?? 'none'}`
		);
}
