import { m } from '$lib/paraglide/messages.js';

/** What a ward has and lacks; lists are the counters' names. */
export interface Readiness {
	sites: number;
	counters: number;
	fields: number;
	officers: number;
	withoutField: readonly string[];
	withoutDuty: readonly string[];
	withoutTerminal: readonly string[];
	hasStaffPin: boolean;
	people: number;
	leaders: number;
	deciding: number;
}

/** The list of what a ward needs before its citizens can be asked, in the order in which it is best done. */
export function readinessItems(ready: Readiness, base: string) {
	const item = (key: string, page: string, title: string, done: boolean, says: string, step: string) => ({
		key,
		href: `${base}${page}`,
		title,
		done,
		says,
		step
	});
	const { counters, withoutField, withoutDuty, withoutTerminal } = ready;
	const allOf = (without: readonly string[]) => counters > 0 && without.length === 0;
	/** 'Tất cả' says less than names, and many names more than anybody reads. */
	const those = (without: readonly string[]) =>
		without.length === counters
			? m.setup_check_every_counter()
			: without.length <= 4
				? m.setup_check_these({ counters: without.join(', ') })
				: m.setup_check_n_counters({ n: without.length, total: counters });
	const lacking = (without: readonly string[], done: string) =>
		counters === 0 ? m.setup_check_counters_first() : without.length === 0 ? done : those(without);
	return [
		item(
			'sites',
			'/places',
			m.setup_check_sites(),
			ready.sites > 0,
			ready.sites > 0 ? m.setup_check_sites_done({ n: ready.sites }) : m.setup_check_sites_open(),
			m.setup_check_sites_do()
		),
		item(
			'counters',
			'/places',
			m.setup_check_counters(),
			counters > 0,
			counters > 0 ? m.setup_check_counters_done({ n: counters }) : m.setup_check_counters_open(),
			m.setup_check_counters_do()
		),
		item(
			'fields',
			'/places',
			m.setup_check_fields(),
			ready.fields > 0 && allOf(withoutField),
			ready.fields === 0
				? m.setup_check_fields_open()
				: lacking(withoutField, m.setup_check_fields_done({ n: ready.fields })),
			m.setup_check_fields_do()
		),
		item(
			'officers',
			'/officers',
			m.setup_check_officers(),
			ready.officers > 0,
			ready.officers > 0 ? m.setup_check_officers_done({ n: ready.officers }) : m.setup_check_officers_open(),
			m.setup_check_officers_do()
		),
		item(
			'roster',
			'/roster',
			m.setup_check_roster(),
			allOf(withoutDuty),
			lacking(withoutDuty, m.setup_check_roster_done()),
			m.setup_check_roster_do()
		),
		item(
			'pin',
			'/terminals#pin',
			m.setup_check_pin(),
			ready.hasStaffPin,
			ready.hasStaffPin ? m.setup_check_pin_done() : m.setup_check_pin_open(),
			m.setup_check_pin_do()
		),
		item(
			'terminals',
			'/terminals/sheet',
			m.setup_check_terminals(),
			allOf(withoutTerminal),
			lacking(withoutTerminal, m.setup_check_terminals_done()),
			m.setup_check_terminals_do()
		),
		item(
			'leader',
			'/people',
			m.setup_check_leader(),
			ready.leaders > 0,
			ready.leaders > 0 ? m.setup_check_leader_done() : m.setup_check_leader_open(),
			m.setup_check_people_do()
		),
		item(
			'second',
			'/people',
			m.setup_check_second(),
			ready.deciding > 1,
			ready.deciding > 1 ? m.setup_check_second_done({ n: ready.deciding }) : m.setup_check_second_open(),
			m.setup_check_people_do()
		)
	];
}
