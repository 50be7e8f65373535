import type { Channel } from '../submission/channel.ts';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import { type Cell, WITHHELD } from './cell.ts';
import type { MethodId } from './method.ts';
import { K, K_OFFICER } from './secrecy.ts';
import type { IndexRow, IndexTable } from './table.ts';
import type { TargetColumn, Targets } from './targets.ts';

/** How what is published was measured; it stands in every edition, so that an old one explains itself. */
interface Measured {
	method: MethodId;
	versionId: string;
	channels: readonly Channel[];
	/** Percent. */
	target: number;
	/** Of the index and of each criterion; an edition without them held everything against the one target. */
	targets?: Targets;
}

/** What a figure of an edition is held against, percent. */
export const targetIn = ({ target, targets }: Measured, of: TargetColumn): number => targets?.[of] ?? target;

/** One line of what everybody may read. */
export interface PublicLine {
	/** null where it is withheld. */
	sheets: number | null;
	sipas: Cell;
	/** The same by the other method. */
	score: Cell;
	criteria: Record<Criterion, Cell>;
}

/** A month as everybody may read it: the centre, its sites where that shows nobody, and never an officer. */
export interface PublicContent extends Measured, PublicLine {
	sites: (PublicLine & { id: string; name: string })[];
}

/** A period as officers may read it, each their own: service cells by officer, and in a block of four weeks the centre's. */
export interface OfficersContent extends Measured {
	officers: Record<string, Cell>;
	centre: Cell;
}

const measuredBy = ({ method, versionId, channels, target, targets }: IndexTable): Measured => ({
	method,
	versionId,
	channels,
	target,
	targets
});

const lineOf = ({ sheets, sipas, score, criteria }: IndexRow): PublicLine => ({ sheets, sipas, score, criteria });

/** A site of fewer officers than this is not told to everybody: with two, each would read the other's result. */
const OFFICERS_OF_A_SITE = 3;

/** The sites of a table that everybody may be told of, as far as the table itself says: several, and each with answers enough. */
export function sitesToTell({ rows }: IndexTable): IndexRow[] {
	const answered = rows.filter(({ sheets, key }) => sheets !== 0 || key === null);
	const whole = answered.length > 1 && answered.every(({ key, sipas }) => key !== null && 'value' in sipas);
	return whole ? answered : [];
}

/**
 * What the public reads. The sites stand in it only where each has at least three officers with results of their own (`officersOf`
 * counts them), and together they say nothing that the total alone does not.
 */
export function publicContent(
	whole: IndexTable,
	bySite: IndexTable,
	officersOf: ReadonlyMap<string, number>
): PublicContent {
	const told = sitesToTell(bySite);
	const open =
		same(whole.total, bySite.total) && told.every(({ key }) => (officersOf.get(key!) ?? 0) >= OFFICERS_OF_A_SITE);
	const sites = open ? told.map((row) => ({ id: row.key!, name: row.name, ...lineOf(row) })) : [];
	return { ...measuredBy(whole), ...lineOf(whole.total), sites };
}

/** How many officers of a table by officer have a service result of their own. */
export function officersWithResults({ rows }: IndexTable): number {
	return rows.filter(({ key, criteria }) => key !== null && 'value' in criteria.PV).length;
}

/** What officers read. The centre is in it only for a block of four weeks; taken out of those, a single week would tell colleagues. */
export function officersContent(byOfficer: IndexTable, withCentre: boolean): OfficersContent {
	const own = byOfficer.rows.filter(({ key, criteria }) => key !== null && 'value' in criteria.PV);
	const officers = Object.fromEntries(own.map(({ key, criteria }) => [key!, criteria.PV]));
	return { ...measuredBy(byOfficer), officers, centre: withCentre ? byOfficer.total.criteria.PV : WITHHELD };
}

/** Colleagues with figures of their own that must stand behind the centre's, lest the centre minus oneself be a colleague. */
const COLLEAGUES = 2;

/** One officer's part of it, and nothing of anybody else's. */
export function ownPart({ officers, centre }: OfficersContent, officerId: string): { own: Cell; centre: Cell } {
	const colleagues = Object.keys(officers).filter((id) => id !== officerId);
	return {
		own: Object.hasOwn(officers, officerId) ? officers[officerId] : WITHHELD,
		centre: colleagues.length >= COLLEAGUES ? centre : WITHHELD
	};
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Whether a look at both says no more than that these k people or more came: the same cell, or one that as many moved. */
function steps(before: Cell, now: Cell, k: number): boolean {
	if ('withheld' in before) return true;
	if ('withheld' in now) return false;
	return (now.value === before.value && now.n === before.n) || Math.abs(now.n - before.n) >= k;
}

/**
 * What late sheets make of a published month: null while fewer than k = 5 have come, or while any single figure would move by fewer.
 * Never less, whatever else has changed meanwhile.
 */
export function revisePublic(before: PublicContent, now: PublicContent): PublicContent | null {
	if ((now.sheets ?? 0) - (before.sheets ?? 0) < K) return null;
	if (!CRITERIA.every((criterion) => steps(before.criteria[criterion], now.criteria[criterion], K))) return null;
	// Sites are told again only if each of them moved by enough too; else the revision is about the centre alone.
	const after = new Map(now.sites.map((site) => [site.id, site]));
	const told = before.sites.every(({ id, criteria }) => {
		const site = after.get(id);
		return site && CRITERIA.every((criterion) => steps(criteria[criterion], site.criteria[criterion], K));
	});
	return told ? now : { ...now, sites: [] };
}

/** The same for officers: each figure stays as it was until ten more have answered about it. */
export function reviseOfficers(before: OfficersContent, now: OfficersContent): OfficersContent | null {
	const ids = [...new Set([...Object.keys(before.officers), ...Object.keys(now.officers)])].sort();
	const cellOf = (content: OfficersContent, id: string) =>
		Object.hasOwn(content.officers, id) ? content.officers[id] : WITHHELD;
	const officers = ids.map((id): [string, Cell] => [id, grown(cellOf(before, id), cellOf(now, id))]);
	const revised: OfficersContent = {
		...before,
		officers: Object.fromEntries(officers.filter(([, cell]) => 'value' in cell)),
		centre: grown(before.centre, now.centre)
	};
	return ids.some((id) => !same(cellOf(before, id), cellOf(revised, id))) || !same(before.centre, revised.centre)
		? revised
		: null;
}

function grown(before: Cell, now: Cell): Cell {
	const people = (cell: Cell) => ('value' in cell ? cell.n : 0);
	return people(now) - people(before) >= K_OFFICER ? now : before;
}
