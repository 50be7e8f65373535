import { sinceMidnight, USUAL_HOURS, type WorkingHours } from '../calendar/hours.ts';
import { counterLabel, counterNames } from '../counter.ts';
import { conflicts, type Duty } from '../duty.ts';
import { standing } from '../roster.ts';
import { searchKey } from '../../shared/list.ts';
import { addDays, dayOfWeek, formatDay, formatInstant, localDay, startOfLocalDay } from '../../shared/time.ts';
import { namesOf } from './counters.ts';
import {
	type CellProblem,
	type Checked,
	excerpt,
	faultOf,
	type HalfDay,
	sameText,
	type SheetRow,
	textOf
} from './cell.ts';
import { readClock, readDay, readHalfDay, readInterval } from './cell.ts';

/** What a roster is read against; `duties` are those that touch its days, of all counters; nothing else in it is archived. */
export interface KnownRoster {
	sites: readonly { id: string; name: string; hours: WorkingHours | null }[];
	counters: readonly { id: string; siteId: string; number: string; name: string }[];
	/** Counters that are there but not theirs to plan; for the names in a sentence. */
	others: readonly { id: string; number: string; name: string }[];
	officers: readonly { id: string; code: string; name: string; state: 'active' | 'away' }[];
	duties: readonly Duty[];
}

export interface DutyChange {
	counterId: string;
	officerId: string;
	startsAt: number;
	endsAt: number;
}

/** Nobody plans further ahead; a year like 2062 is a slip of the finger. */
const FURTHEST_DAYS = 366;
/** Turns of one counter, or of one officer, in one day: more is a mistake, and would make every look at the day slow. */
const MOST_TURNS = 24;
const LONGEST = { day: 32, site: 200, counter: 120, officer: 120, session: 40, from: 16, until: 16 } as const;

/** Which duties the rows add. A row that is already in the roster stays as it is; one that stands in the way of another is wrong. */
export function checkRoster(rows: readonly SheetRow[], known: KnownRoster, today: string): Checked<DutyChange> {
	const problems: CellProblem[] = [];
	const find = finder(known);
	const read = rows.map((row) => ({ row, duty: readRow(row, find, problems) }));
	const wrong = new Set(problems.map(({ row }) => row));
	const isKnown = new Set(known.duties.map(keyOf));
	const firstRow = new Map<string, number>();
	const perDay = new Map<string, number>();
	const fresh: Planned[] = [];
	for (const { row, duty } of read) {
		if (!duty || isKnown.has(keyOf(duty))) continue;
		const day = localDay(duty.startsAt);
		const first = firstRow.get(keyOf(duty));
		const say = (column: string, code: CellProblem['code'], other?: string) =>
			problems.push({ row: row.row, column, code, text: excerpt(row.cells[column] ?? ''), other });
		const turns = [`${day} ${duty.counterId}`, `${day} ${duty.officerId}`].map((key) => {
			perDay.set(key, (perDay.get(key) ?? 0) + 1);
			return perDay.get(key)!;
		});
		if (first !== undefined) say('day', 'row-twice', String(first));
		else if (day < today) say('day', 'day-past');
		else if (day > addDays(today, FURTHEST_DAYS)) say('day', 'day-far');
		else if (Math.max(...turns) > MOST_TURNS) say('day', 'day-crowded', String(MOST_TURNS));
		else {
			fresh.push({ ...duty, id: `row ${row.row}`, row: row.row });
			firstRow.set(keyOf(duty), row.row);
			continue;
		}
		wrong.add(row.row);
	}
	for (const problem of obstacles(fresh, known)) {
		const cells = rows[firstIndex(rows, problem.row)].cells;
		problems.push({ ...problem, text: excerpt(cells[problem.column ?? ''] ?? '') });
		wrong.add(problem.row);
	}
	problems.sort((a, b) => a.row - b.row);
	return {
		rows: read.map(({ row, duty }) => {
			if (!duty || wrong.has(row.row)) return { ...row, state: 'wrong', change: null };
			return isKnown.has(keyOf(duty))
				? { ...row, state: 'unchanged', change: null }
				: { ...row, state: 'new', change: duty };
		}),
		problems
	};
}

interface Planned extends Duty {
	officerId: string;
	endsAt: number;
	row: number;
}

const keyOf = ({ counterId, officerId, startsAt, endsAt }: Omit<Duty, 'id'>) =>
	`${counterId} ${officerId} ${startsAt} ${endsAt}`;

/** Rows are in order; their numbers have gaps where the file has empty lines. */
function firstIndex(rows: readonly SheetRow[], number: number): number {
	let [low, high] = [0, rows.length - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rows[middle].row < number) low = middle + 1;
		else high = middle;
	}
	return low;
}

type Finder = ReturnType<typeof finder>;

function finder({ sites, counters, officers }: KnownRoster) {
	const siteOf = new Map(sites.map((site) => [sameText(site.name), site]));
	const siteById = new Map(sites.map((site) => [site.id, site]));
	const named = counters.flatMap((counter) => counterNames(counter).map((name) => ({ name, counter })));
	const byCode = new Map(officers.filter(({ code }) => code !== '').map((each) => [sameText(each.code), each]));
	const byName = Map.groupBy(officers, ({ name }) => sameText(name));
	const byLabel = Map.groupBy(named, ({ name }) => name);
	return {
		sites,
		site: (text: string) => siteOf.get(sameText(text)),
		hoursOf: (siteId: string) => siteById.get(siteId)?.hours ?? USUAL_HOURS,
		counters: (text: string) => (byLabel.get(searchKey(text)) ?? []).map(({ counter }) => counter),
		officers: (text: string) => {
			const coded = byCode.get(sameText(text));
			return coded ? [coded] : (byName.get(sameText(text)) ?? []);
		}
	};
}

/** The duty that one row says; null where it says none, with the reasons among the problems. */
function readRow({ row, cells }: SheetRow, find: Finder, problems: CellProblem[]): DutyChange | null {
	const before = problems.length;
	const say = (column: string, code: CellProblem['code'], other?: string) =>
		problems.push({ row, column, code, text: excerpt(cells[column] ?? ''), other });
	for (const [column, longest] of Object.entries(LONGEST)) {
		const fault = faultOf(cells[column], longest);
		if (fault) say(column, fault);
	}
	if (problems.length > before) return null;

	const day = readDay(cells.day ?? '');
	if (day === null) say('day', textOf(cells.day) === '' ? 'required' : 'day-malformed');
	const counter = readCounter(cells, find, say);
	const officer = readOfficer(cells, find, say);
	if (day === null || !counter || !officer || problems.length > before) return null;
	const times = readTimes(cells, find.hoursOf(counter.siteId)[dayOfWeek(day) - 1], say);
	if (times === null) return null;
	const [startsAt, endsAt] = times.map((clock) => startOfLocalDay(day) + sinceMidnight(clock));
	return { counterId: counter.id, officerId: officer.id, startsAt, endsAt };
}

type Say = (column: string, code: CellProblem['code'], other?: string) => void;

function readCounter(cells: SheetRow['cells'], find: Finder, say: Say) {
	const siteName = textOf(cells.site);
	const site = siteName === '' ? null : find.site(siteName);
	if (site === undefined) say('site', 'site-unknown', namesOf(find.sites));
	const said = textOf(cells.counter);
	if (said === '') say('counter', 'required');
	if (said === '' || site === undefined) return null;
	const found = find.counters(said).filter(({ siteId }) => site === null || siteId === site.id);
	if (found.length === 1) return found[0];
	say('counter', found.length === 0 ? 'counter-unknown' : 'counter-ambiguous');
	return null;
}

function readOfficer(cells: SheetRow['cells'], find: Finder, say: Say) {
	const said = textOf(cells.officer);
	const found = find.officers(said);
	if (said === '') say('officer', 'required');
	else if (found.length === 0) say('officer', 'officer-unknown');
	else if (found.length > 1) say('officer', 'officer-ambiguous', String(found.length));
	else if (found[0].state === 'away') say('officer', 'officer-away');
	else return found[0];
	return null;
}

function readTimes(
	cells: SheetRow['cells'],
	sessions: WorkingHours[number],
	say: Say
): [from: string, until: string] | null {
	const said = { session: textOf(cells.session), from: textOf(cells.from), until: textOf(cells.until) };
	if (said.from !== '' || said.until !== '') {
		const [from, until] = [readClock(said.from), readClock(said.until)];
		if (from === null) say('from', 'time-malformed');
		if (until === null) say('until', 'time-malformed');
		if (from === null || until === null) return null;
		return inOrder([from, until], 'until', say);
	}
	if (said.session === '') return (say('session', 'session-required'), null);
	const interval = readInterval(said.session);
	if (interval) return inOrder(interval, 'session', say);
	const half = readHalfDay(said.session);
	if (half === null) return (say('session', 'session-malformed'), null);
	const times = halfDayOf(half, sessions);
	if (times === null) say('session', 'site-closed');
	return times;
}

function inOrder(times: [string, string], column: string, say: Say): [string, string] | null {
	if (times[0] < times[1]) return times;
	say(column, 'interval-empty');
	return null;
}

const NOON = '12:00';

/** The part of a site's hours that lies before or after noon; null where it is closed then. */
function halfDayOf(half: HalfDay, sessions: WorkingHours[number]): [string, string] | null {
	const parts = sessions
		.map(([opens, closes]): [string, string] => [
			half === 'afternoon' && opens < NOON ? NOON : opens,
			half === 'morning' && closes > NOON ? NOON : closes
		])
		.filter(([opens, closes]) => opens < closes);
	return parts.length === 0 ? null : [parts[0][0], parts[parts.length - 1][1]];
}

/** What the new duties run into, day by day: in each other, or in what the roster already has. */
function* obstacles(fresh: readonly Planned[], known: KnownRoster): Generator<Omit<CellProblem, 'text'>> {
	const label = labels(known);
	const inOrder = known.duties.toSorted((a, b) => a.startsAt - b.startsAt);
	const byDay = [...Map.groupBy(fresh, ({ startsAt }) => localDay(startsAt))].sort(([a], [b]) => (a < b ? -1 : 1));
	let carried: Duty[] = [];
	let next = 0;
	for (const [day, planned] of byDay) {
		const [from, until] = [startOfLocalDay(day), startOfLocalDay(addDays(day, 1))];
		for (; next < inOrder.length && inOrder[next].startsAt < until; next++) carried.push(inOrder[next]);
		carried = standing(carried, from);
		yield* takenCounters(planned, carried, label);
		const said = new Set<number>();
		for (const { duties: both } of conflicts([...carried, ...planned])) {
			// Only what the file causes, and not what begins long after its day.
			const rows = both.filter(isPlanned);
			const row = rows.at(-1);
			if (!row || said.has(row.row)) continue;
			const other = both.find((duty) => duty !== row)!;
			said.add(row.row);
			yield { row: row.row, column: 'officer', code: 'officer-elsewhere', other: label(other) };
		}
	}
}

const isPlanned = (duty: Duty): duty is Planned => 'row' in duty;

function* takenCounters(planned: readonly Planned[], known: readonly Duty[], label: (duty: Duty) => string) {
	const startsAt = new Map<string, Duty>();
	for (const duty of known) {
		if (duty.startsAt !== duty.endsAt) startsAt.set(`${duty.counterId} ${duty.startsAt}`, duty);
	}
	for (const duty of planned) {
		const key = `${duty.counterId} ${duty.startsAt}`;
		const other = startsAt.get(key);
		if (other) yield { row: duty.row, column: 'counter', code: 'counter-taken' as const, other: label(other) };
		else startsAt.set(key, duty);
	}
}

/** 'Nguyễn Thị Hoa, Quầy 5, 07:30–11:30 23/11/2026', and the row where it is from the file. */
function labels({ counters, others, officers }: KnownRoster) {
	const counterOf = new Map([...others, ...counters].map((counter) => [counter.id, counterLabel(counter)]));
	const nameOf = new Map(officers.map(({ id, name }) => [id, name]));
	return (duty: Duty) => {
		const start = formatInstant(duty.startsAt);
		const until = duty.endsAt === null ? '' : formatInstant(duty.endsAt);
		const sameDay = duty.endsAt !== null && localDay(duty.startsAt) === localDay(duty.endsAt);
		const hours = sameDay
			? `${start.slice(0, 5)}–${until.slice(0, 5)} ${formatDay(localDay(duty.startsAt))}`
			: `${start} –${until && ` ${until}`}`;
		const words = [nameOf.get(duty.officerId ?? ''), counterOf.get(duty.counterId), hours];
		return words.filter((word) => word !== undefined).join(', ');
	};
}
