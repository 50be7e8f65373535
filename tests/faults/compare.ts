import { REPEAT_MS } from '../../src/lib/domain/submission/intake.ts';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { marginCounts, settledSheets } from '../../src/lib/server/db/schema/margin.ts';
import { dailyCounts, releasedCounts } from '../../src/lib/server/db/schema/report.ts';
import { sheetComments, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { terminalSequences } from '../../src/lib/server/db/schema/terminal.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { packUuid } from '../../src/lib/server/submission/writes.ts';
import { wrongHours } from './hours.ts';
import { counterOf } from './ward.ts';
import type { SimulationResult, TabletRun } from '../../terminals/simulator/simulation.ts';

/** What a run did wrong: sentences, none when all is well. */
export interface Findings {
	/** Confirmed to a tablet, or made and sent to the end, but not stored. */
	lost: string[];
	/** Stored, but made by nobody. */
	invented: string[];
	/** Stored otherwise than it was made, or flagged otherwise than the truth asks. */
	altered: string[];
	/** Daily counts that are not what the sheets add up to. */
	counts: string[];
	/** What the database file says of itself. */
	integrity: string[];
	/** Running numbers that are not 1..made, or a false alarm. */
	numbers: string[];
}

type Stored = typeof sheets.$inferSelect;

/**
 * Compares what a run made with what is stored, by rules written here anew from the documents and not taken from the intake: this
 * is the oracle of every fault test.
 */
export async function compareWithTruth(db: Db, { tablets }: SimulationResult): Promise<Findings> {
	const stored = new Map((await db.select().from(sheets)).map((row) => [row.id, row]));
	const comments = new Map((await db.select().from(sheetComments)).map((row) => [row.sheetId, row.comment]));
	const findings: Findings = { lost: [], invented: [], altered: [], counts: [], integrity: [], numbers: [] };
	for (const { id, made, confirmed, waiting, refused } of tablets) {
		if (waiting > 0) findings.lost.push(`${id}: ${waiting} still wait`);
		for (const { code } of refused) findings.altered.push(`${id}: refused ${code}`);
		const truth = new Set(made.map((sheet) => sheet.id));
		for (const sheetId of confirmed) {
			if (!stored.has(packUuid(sheetId)) || !truth.has(sheetId)) findings.lost.push(`${id}: confirmed ${sheetId}`);
		}
		made.forEach((sheet, i) => {
			const row = stored.get(packUuid(sheet.id));
			if (!row) return findings.lost.push(`${id}: made ${sheet.sequence}`);
			stored.delete(row.id);
			const wanted = { ...expectedRow(sheet, counterOf(id)), ...expectedFlags(made, i) };
			const actual = { ...actualRow(row, comments.get(row.id) ?? null), ...actualFlags(row) };
			if (JSON.stringify(wanted) !== JSON.stringify(actual)) {
				findings.altered.push(`${id} ${sheet.sequence}: ${JSON.stringify(wanted)} is ${JSON.stringify(actual)}`);
			}
		});
	}
	for (const row of stored.values()) findings.invented.push(row.id);
	const times = new Map(tablets.flatMap(({ made }) => made.map((sheet) => [sheet.id, sheet.answeredAt] as const)));
	findings.counts.push(
		...(await wrongCounts(db)),
		...(await wrongSums(db)),
		...(await wrongHours(db, times)),
		...(await verifyCounts(db)).differences.map(({ where }) => where)
	);
	findings.integrity.push(...brokenPages(db));
	findings.numbers.push(...(await wrongNumbers(db, tablets)));
	return shortened(findings);
}

/** Thousands of sentences say no more than the first and how many there are. */
function shortened(findings: Findings): Findings {
	const short = (all: string[]) => (all.length > 4 ? [...all.slice(0, 3), `and ${all.length - 3} more`] : all);
	return Object.fromEntries(Object.entries(findings).map(([name, all]) => [name, short(all)])) as unknown as Findings;
}

export const ALL_WELL: Findings = { lost: [], invented: [], altered: [], counts: [], integrity: [], numbers: [] };

const ITEMS = ['TC', 'HC', 'PV', 'KQ', 'TT'];

/** Where a sheet belongs: where the duty that the citizen saw is, else at the tablet's counter; only q1 has a single field. */
function expectedRow(sheet: Sheet, ownCounter: string) {
	const counter = sheet.dutyId === null ? ownCounter : sheet.dutyId.replace('d', 'q');
	const answers = ITEMS.map((itemId) => {
		const answer = sheet.answers.find((one) => one.itemId === itemId);
		return answer ? (answer.value ?? 0) : '-';
	});
	return {
		answers: answers.join(''),
		reasons: sheet.reasons.join(','),
		comment: sheet.comment,
		locale: sheet.locale,
		counter,
		officer: sheet.dutyId === null ? '' : sheet.dutyId.replace('d', 'o'),
		field: sheet.fieldId ?? (counter === 'q1' ? 'f1' : '')
	};
}

function actualRow({ answers, reasons, locale, officerId, fieldId, counterId }: Stored, comment: string | null) {
	return { answers, reasons, comment, locale, counter: counterId, officer: officerId, field: fieldId };
}

function expectedFlags(made: readonly Sheet[], i: number) {
	const at = (sheet: Sheet) => Date.parse(sheet.answeredAt);
	const [before, sheet, after] = [made[i - 1], made[i], made[i + 1]];
	const apart = before ? at(sheet) - at(before) : -1;
	return {
		repeat: apart >= 0 && apart < REPEAT_MS && sheet.replaces !== before.id,
		replaced: after?.replaces === sheet.id
	};
}

function actualFlags({ flags }: Stored) {
	const all = flags.split(',');
	return { repeat: all.includes('repeat'), replaced: all.includes('replaced') };
}

/** Adds the stored sheets up from nothing and says every row of the daily counts that differs. */
export async function wrongCounts(db: Db): Promise<string[]> {
	const wanted = new Map<string, number>();
	const add = (key: string) => wanted.set(key, (wanted.get(key) ?? 0) + 1);
	for (const row of await db.select().from(sheets)) {
		const flags = row.flags.split(',').filter((flag) => flag !== '');
		const out = flags.includes('replaced') || flags.includes('forked');
		const cut = `${row.day} ${row.channel} ${row.siteId} ${row.counterId} ${row.fieldId} ${row.officerId} ${row.versionId} ${out ? 0 : 1}`;
		add(`${cut}  sheets`);
		for (const code of row.reasons.split(',').filter((each) => each !== ''))
			add(`${cut} ${code === 'X01' ? code : `reason:${code}`} sheets`);
		for (const flag of flags) add(`${cut} flag:${flag} sheets`);
		[...row.answers].forEach((answer, i) => {
			if (answer !== '-') add(`${cut} ${ITEMS[i]} ${answer === '0' ? 'notApplicable' : `n${answer}`}`);
		});
	}
	const figures = ['n1', 'n2', 'n3', 'n4', 'n5', 'notApplicable', 'sheets'] as const;
	const actual = new Map<string, number>();
	for (const row of await db.select().from(dailyCounts)) {
		const cut = `${row.day} ${row.channel} ${row.siteId} ${row.counterId} ${row.fieldId} ${row.officerId} ${row.versionId} ${row.counted}`;
		for (const figure of figures) if (row[figure] !== 0) actual.set(`${cut} ${row.itemId} ${figure}`, row[figure]);
	}
	return [...new Set([...wanted.keys(), ...actual.keys()])]
		.filter((key) => wanted.get(key) !== actual.get(key))
		.map((key) => `${key}: ${wanted.get(key) ?? 0} counted as ${actual.get(key) ?? 0}`);
}

/** The same for what is added up of them: what was released by one kind of place, whose it is, and the sheets that are settled. */
async function wrongSums(db: Db): Promise<string[]> {
	const figures = ['n1', 'n2', 'n3', 'n4', 'n5', 'notApplicable', 'sheets'] as const;
	const wanted = new Map<string, number>();
	const officers = new Map<string, Set<string>>();
	const actual = new Map<string, number>();
	const addTo = (sums: Map<string, number>, key: string, value: number) => sums.set(key, (sums.get(key) ?? 0) + value);
	for (const row of await db.select().from(releasedCounts)) {
		const month = row.day.slice(0, 7);
		const places = { site: row.siteId, counter: row.counterId, field: row.fieldId, officer: row.officerId };
		const sides = Object.entries({ all: '', ...places }).map(([side, place]) => `${side} ${month} ${place}`);
		for (const side of [`all ${row.day} `, ...sides]) {
			const of = `${side} ${row.organizationId} ${row.versionId} ${row.channel} ${row.itemId}`;
			officers.set(of, (officers.get(of) ?? new Set()).add(row.officerId));
			for (const figure of figures) addTo(wanted, `${of} ${figure}`, row[figure]);
		}
	}
	for (const row of await db.select().from(marginCounts)) {
		const of = `${row.side} ${row.period} ${row.place} ${row.organizationId} ${row.versionId} ${row.channel} ${row.itemId}`;
		const own = [...(officers.get(of) ?? [])];
		addTo(actual, `${of} is ${row.onlyOfficer}`, 1);
		addTo(wanted, `${of} is ${own.length === 1 ? own[0] : ''}`, 1);
		for (const figure of figures) addTo(actual, `${of} ${figure}`, row[figure]);
	}
	const settled = (row: { day: string; organizationId: string; versionId: string; channel: string }) =>
		`settled ${row.day} ${row.organizationId} ${row.versionId} ${row.channel}`;
	for (const row of await db.select().from(dailyCounts))
		if (row.itemId === '' || row.itemId.startsWith('flag:'))
			addTo(wanted, `${settled(row)} ${row.itemId} ${row.counted}`, row.counted ? row.rSheets : row.sheets);
	for (const row of await db.select().from(settledSheets))
		addTo(actual, `${settled(row)} ${row.itemId} ${row.counted}`, row.sheets);
	return [...new Set([...wanted.keys(), ...actual.keys()])]
		.filter((key) => (wanted.get(key) ?? 0) !== (actual.get(key) ?? 0))
		.map((key) => `${key}: ${wanted.get(key) ?? 0} added up as ${actual.get(key) ?? 0}`);
}

export function brokenPages({ store: { reader } }: Db): string[] {
	if (reader.engine !== 'sqlite') return [];
	const said = reader.client.pragma('integrity_check') as { integrity_check: string }[];
	return said.map(({ integrity_check }) => integrity_check).filter((sentence) => sentence !== 'ok');
}

async function wrongNumbers(db: Db, tablets: readonly TabletRun[]): Promise<string[]> {
	const rows = new Map((await db.select().from(terminalSequences)).map((row) => [row.terminalId, row]));
	return tablets
		.filter(({ made }) => made.length > 0)
		.map(({ id, made }) => {
			const { ranges, forkedAt, quarantined } = rows.get(id) ?? { ranges: [], forkedAt: null, quarantined: 0 };
			const whole = JSON.stringify(ranges) === JSON.stringify([[1, made.length]]);
			return whole && forkedAt === null && quarantined === 0
				? ''
				: `${id}: made ${made.length}, received ${JSON.stringify(ranges)}, forked ${forkedAt}, quarantined ${quarantined}`;
		})
		.filter((sentence) => sentence !== '');
}
