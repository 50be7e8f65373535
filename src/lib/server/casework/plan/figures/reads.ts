import {
	effectOf,
	shareCell,
	windowsOf,
	type Days,
	type EffectLine,
	type ReasonLine,
	type TaskEffect
} from '../../../../domain/casework/plan/effect.ts';
import type { NamedReasons } from '../../../../domain/casework/plan/link.ts';
import type { PlanLine } from '../../../../domain/casework/plan/line.ts';
import { changesBetween, hasFigures } from '../../../../domain/report/change.ts';
import type { GapCell } from '../../../../domain/report/gap.ts';
import { yearOf } from '../../../../domain/report/period.ts';
import { predecessorRanges, type PredecessorRange } from '../../../../domain/report/published/predecessors.ts';
import type { Cell } from '../../../../domain/report/cell.ts';
import { OFFICIAL_CHANNELS } from '../../../../domain/submission/channel.ts';
import { REASON_ITEM } from '../../../../domain/submission/counting.ts';
import { findVersion } from '../../../../domain/survey/catalogue.ts';
import type { Criterion } from '../../../../domain/survey/criterion.ts';
import type { KnownOrganization } from '../../../account/reads.ts';
import type { Db } from '../../../db/db.ts';
import { readDetail } from '../../../report/detail/reads.ts';
import { readPredecessors, readPublished } from '../../../report/published/reads.ts';
import { readReleased } from '../../../report/released/reads.ts';
import { readIndexTable } from '../../../report/reads.ts';

type Ward = Pick<KnownOrganization, 'id' | 'versionId' | 'target'>;

/** How a criterion stands this year, and where it stood before. */
export interface CriterionFigures {
	/** Percent. */
	target: number;
	now: Cell;
	/** The own figure of the year before with how far this year's lies from it; null where there is none. */
	before: { cell: Cell; change: GapCell } | null;
}
export interface PlanFigures {
	criteria: Record<Criterion, CriterionFigures>;
	/** What others published of the units it was merged from: by another method, so nothing is subtracted. */
	published: PredecessorRange | null;
}

/** From the tables of the leader's pages: released counts of the year, and of the year before. */
export async function readPlanFigures(
	db: Db,
	{ id, versionId, target }: Ward,
	{ year, path }: { year: number; path: readonly string[] }
): Promise<PlanFigures> {
	const ofYear = (of: number) =>
		readIndexTable(db, { organizationId: id, by: 'criterion', ...yearOf(of), versionId, target: target / 100 });
	const [now, before] = [await ofYear(year), await ofYear(year - 1)];
	const change = hasFigures(before) ? changesBetween(now, before) : null;
	const of = (criterion: Criterion): CriterionFigures => ({
		target: now.targets[criterion],
		now: now.total.criteria[criterion],
		before: change && { cell: before.total.criteria[criterion], change: change.total.criteria[criterion] }
	});
	const merged = change ? null : await readPredecessors(db, id);
	const ranges = merged ? predecessorRanges(await readPublished(db, path), merged) : [];
	return {
		criteria: { TC: of('TC'), HC: of('HC'), PV: of('PV'), KQ: of('KQ'), TT: of('TT') },
		published: ranges.find((range) => range.year < year) ?? null
	};
}

type Aim = Pick<PlanLine, 'criterion' | 'items' | 'reasons' | 'state' | 'doneDay'>;

/** What became of the figures that a finished task aims at; null of one that is not done. */
export async function readEffect(
	db: Db,
	{ id, versionId, target }: Ward,
	{ criterion, items, reasons, state, doneDay }: Aim,
	today: string
): Promise<TaskEffect | null> {
	if (state !== 'done') return null;
	const windows = windowsOf(doneDay, today);
	if ('from' in windows) return windows;
	const question = { organizationId: id, versionId, target: target / 100 };
	const figuresOf = async (days: Days) => {
		const { detail } = await readDetail(db, { ...question, ...days }, criterion);
		return new Map([[null, detail.cell], ...detail.items.map((item) => [item.itemId, item.cell] as const)]);
	};
	const [before, after] = [await figuresOf(windows.before), await figuresOf(windows.after)];
	const elsewhere = await isAskedElsewhere(db, { ...question, criterion }, windows);
	// What the questionnaire in use does not ask is nothing to look at.
	const known = items.filter((item) => after.has(item));
	const lines = (known.length > 0 ? known : [null]).map((item): EffectLine => {
		const of = (figures: ReadonlyMap<string | null, Cell>) => figures.get(item) ?? ({ withheld: 'small' } as const);
		return { item, effect: effectOf(of(before), of(after), elsewhere) };
	});
	const [namedBefore, namedAfter] = [
		await readNamedReasons(db, { ...question, ...windows.before }),
		await readNamedReasons(db, { ...question, ...windows.after })
	];
	const shareOf = ({ sheets, named }: NamedReasons, code: string) => shareCell({ sheets, named: named[code] ?? 0 });
	const asked = new Set(findVersion(versionId)?.reasons.map(({ code }) => code));
	const told = reasons
		.filter((code) => asked.has(code))
		.map((code): ReasonLine => ({
			code,
			effect: effectOf(shareOf(namedBefore, code), shareOf(namedAfter, code), elsewhere)
		}));
	return { ...windows, lines, reasons: told };
}

/** How many of the released sheets of a time named which reason. */
export async function readNamedReasons(
	db: Db,
	{ organizationId, versionId, from, to }: { organizationId: string; versionId: string } & Days
): Promise<NamedReasons> {
	const rows = await readReleased(db, { organizationId, versionId, from, to, channels: OFFICIAL_CHANNELS }, []);
	let sheets = 0;
	const named: Record<string, number> = {};
	for (const row of rows) {
		const code = row.itemId.startsWith(REASON_ITEM) ? row.itemId.slice(REASON_ITEM.length) : null;
		if (row.itemId === '') sheets += row.sheets;
		if (code !== null) named[code] = (named[code] ?? 0) + row.sheets;
	}
	return { sheets, named };
}

/** Of every finished task, by its id. */
export async function readEffects(
	db: Db,
	ward: Ward,
	lines: readonly (Aim & Pick<PlanLine, 'id'>)[],
	today: string
): Promise<Record<string, TaskEffect>> {
	const effects: Record<string, TaskEffect> = {};
	for (const line of lines) {
		const effect = await readEffect(db, ward, line, today);
		if (effect) effects[line.id] = effect;
	}
	return effects;
}

/** Whether a questionnaire of another series has a figure of this criterion in either window. */
async function isAskedElsewhere(
	db: Db,
	{ criterion, ...question }: { organizationId: string; versionId: string; target: number; criterion: Criterion },
	{ before, after }: { before: Days; after: Days }
): Promise<boolean> {
	for (const days of [before, after]) {
		const { rows } = await readIndexTable(db, { ...question, ...days, by: 'version' });
		if (rows.some((row) => row.key !== question.versionId && 'value' in row.criteria[criterion])) return true;
	}
	return false;
}
