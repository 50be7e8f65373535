import { weekOf } from '../../src/lib/domain/report/week.ts';
import { monthOf } from '../../src/lib/domain/shared/time.ts';
import type { Criterion } from '../../src/lib/domain/survey/criterion.ts';
import type { Dimension } from '../../src/lib/domain/report/table.ts';

/** A sheet as the model knows it: what was answered where, and why it is doubted. */
export interface KnownSheet {
	day: string;
	counterId: string;
	fieldId: string;
	officerId: string;
	/** 1..5, 0 does not apply; nothing where it was not asked. */
	answers: Partial<Record<Criterion, number>>;
	flags: Set<string>;
}

/** Figures n1..n5, not applicable, sheets, by text keys. */
export type Tally = Map<string, number[]>;

const add = (tally: Tally, key: string, figures: readonly number[], times = 1) => {
	const sum = tally.get(key) ?? [0, 0, 0, 0, 0, 0, 0];
	tally.set(
		key,
		sum.map((value, i) => value + times * figures[i])
	);
};
export const isCounted = ({ flags }: KnownSheet) =>
	!flags.has('replaced') && !flags.has('forked') && !flags.has('excluded');
const cutOf = ({ counterId, fieldId, officerId }: KnownSheet) => `${counterId}/${fieldId}/${officerId}`;
const SHEET = [0, 0, 0, 0, 0, 0, 1];

/** What one sheet counts as: item and figures. */
function* countsOf({ answers, flags }: KnownSheet): Generator<[item: string, figures: number[]]> {
	yield ['', SHEET];
	const given = Object.entries(answers);
	if (given.length === 0) yield ['X01', SHEET];
	for (const flag of flags) yield [`flag:${flag}`, SHEET];
	for (const [item, value] of given) yield [item, [1, 2, 3, 4, 5, 0].map((each) => Number(each === value)).concat(0)];
}

/** The daily counts that these sheets make: "cut day item counted". */
export function tallyDaily(sheets: readonly KnownSheet[]): Tally {
	const tally: Tally = new Map();
	for (const sheet of sheets)
		for (const [item, figures] of countsOf(sheet))
			add(tally, `${cutOf(sheet)} ${sheet.day} ${item} ${Number(isCounted(sheet))}`, figures);
	return tally;
}

/** The release as decision 0002 tells it, done slowly: everything is added up anew each time. */
export class ReleasedByHand {
	/** What people see: "cut day item". */
	readonly shown: Tally = new Map();
	/** Of which day, by the sheets' own days, how much is shown. */
	readonly #taken: Tally = new Map();

	release(sheets: readonly KnownSheet[]) {
		const pending: Tally = new Map();
		for (const [key, figures] of tallyDaily(sheets)) if (key.endsWith(' 1')) add(pending, key.slice(0, -2), figures);
		for (const [key, figures] of this.#taken) add(pending, key, figures, -1);
		const keys = [...pending.keys()].sort();
		for (const group of Map.groupBy(keys, groupOf).values()) this.#releaseGroup(group, pending);
	}

	#releaseGroup(keys: string[], pending: Tally) {
		const least = keys[0].split(' ')[0].endsWith('/') ? 5 : 10;
		let [people, open]: [number, string[]] = [0, []];
		for (const day of [...new Set(keys.map(dayOf))].sort()) {
			const ofDay = keys.filter((key) => dayOf(key) === day);
			open.push(...ofDay);
			for (const key of ofDay) {
				const [n1, n2, n3, n4, n5, , sheets] = pending.get(key)!;
				people += n1 + n2 + n3 + n4 + n5 + (itemOf(key) === '' ? sheets : 0);
			}
			if (Math.abs(people) < least) continue;
			for (const key of open) {
				const [cut, , item] = key.split(' ');
				add(this.shown, `${cut} ${day} ${item}`, pending.get(key)!);
				add(this.#taken, key, pending.get(key)!);
			}
			[people, open] = [0, []];
		}
	}

	/** Sheets and doubts that wait for nothing, "day item counted": what is shown of each day, and what was taken out. */
	settled(sheets: readonly KnownSheet[]): Tally {
		const settled: Tally = new Map();
		const taken = [...this.#taken].map(([key, figures]) => [`${key} 1`, figures] as const);
		for (const [key, figures] of [...taken, ...[...tallyDaily(sheets)].filter(([each]) => each.endsWith(' 0'))]) {
			const [, day, item, counted] = key.split(' ');
			if (item === '' || item.startsWith('flag:')) add(settled, `${day} ${item} ${counted}`, figures);
		}
		return settled;
	}

	/** What is shown by one kind of place and month, and of everything by day: "side period place item", and whose alone it is. */
	margins(): Tally {
		const margins: Tally = new Map();
		const officers = new Map<string, Set<string>>();
		for (const [key, figures] of this.shown) {
			const [cut, day, item] = key.split(' ');
			const [counter, field, officer] = cut.split('/');
			const month = monthOf(day);
			for (const of of [`all ${day} `, `all ${month} `, `site ${month} s1`, `counter ${month} ${counter}`]
				.concat(`field ${month} ${field}`, `officer ${month} ${officer}`)
				.map((each) => `${each} ${item}`)) {
				add(margins, of, figures);
				officers.set(of, (officers.get(of) ?? new Set()).add(officer));
			}
		}
		const only = (key: string) => (officers.get(key)!.size === 1 ? [...officers.get(key)!][0] : '');
		return new Map([...margins].map(([key, figures]) => [`${key} ${only(key)}`, figures]));
	}

	/** What is shown of a period by one dimension, at one counter or all: rows "key" to items to figures, and who served there. */
	rows(by: Dimension, from: string, to: string, at?: string) {
		const rows: Tally = new Map();
		const officers = new Map<string, Set<string>>();
		for (const [key, figures] of this.shown) {
			const [cut, day, item] = key.split(' ');
			if (day < from || day > to) continue;
			const [counter, field, officer] = cut.split('/');
			if (at !== undefined && counter !== at) continue;
			const name = {
				counter,
				field,
				officer,
				site: 's1',
				channel: 'terminal',
				criterion: '',
				version: 'SIPAS5-v1',
				week: weekOf(day),
				month: monthOf(day)
			}[by];
			add(rows, `${name} ${item}`, figures);
			officers.set(name, (officers.get(name) ?? new Set()).add(officer));
		}
		return { rows, officers };
	}
}

const dayOf = (key: string) => key.split(' ')[1];
const itemOf = (key: string) => key.split(' ')[2];
const groupOf = (key: string) => {
	const [cut, , item] = key.split(' ');
	return `${cut} ${item === 'X01' || /^(flag|reason):/.test(item) ? '' : item}`;
};

/** Without rows of zeros, in one order. */
export function plain(tally: Tally): [string, number[]][] {
	return [...tally].filter(([, figures]) => figures.some((value) => value !== 0)).sort(([a], [b]) => (a < b ? -1 : 1));
}
