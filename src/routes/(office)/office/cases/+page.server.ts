import { CASE_CLASSES, CASE_SOURCES, CASE_STATES, showCaseNumber } from '$lib/domain/casework/case.ts';
import { matches, pageOf } from '$lib/domain/shared/list.ts';
import { readNames } from '$lib/server/casework/desk/reads.ts';
import { readCasesWithin, type DueCase } from '$lib/server/casework/due/reads.ts';
import { caseScopeOf } from '$lib/server/http/cases.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import type { PageServerLoad } from './$types';

const LINES = 25;
/** Which of them are listed; each is a number on the page. */
const LISTS = {
	owed: ({ due }: DueCase) => due.standing !== 'done',
	late: ({ due }: DueCase) => due.standing === 'late',
	soon: ({ due }: DueCase) => due.standing === 'due-soon',
	mine: ({ assigneeId, due }: DueCase, userId: string) => assigneeId === userId && due.standing !== 'done',
	all: () => true
} as const satisfies Record<string, (each: DueCase, userId: string) => boolean>;
const LIST_NAMES = Object.keys(LISTS) as (keyof typeof LISTS)[];

export const load: PageServerLoad = async (event) => {
	await requireRight(event, 'load');
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const { scope, organization, sees, mayOpen, maySettle } = await caseScopeOf(event, query.get('org'));
	const all = await readCasesWithin(db, scope, Date.now());
	const names = await readNames(
		db,
		all.map(({ assigneeId }) => assigneeId)
	);
	const list = LIST_NAMES.find((known) => known === query.get('list')) ?? (sees ? 'owed' : 'mine');
	const asked = {
		state: CASE_STATES.find((known) => known === query.get('state')) ?? '',
		class: CASE_CLASSES.find((known) => known === query.get('class')) ?? '',
		source: CASE_SOURCES.find((known) => known === query.get('source')) ?? '',
		q: (query.get('q') ?? '').slice(0, 100)
	};
	const found = all
		.filter((each) => LISTS[list](each, scope.userId))
		.filter((each) => (['state', 'class', 'source'] as const).every((by) => !asked[by] || each[by] === asked[by]))
		.filter((each) => !asked.q || matches(wordsOf(each, names), asked.q))
		.sort(list === 'all' ? byNumber : byDue);
	const { rows, page, pages, total } = pageOf(found, query.get('page'), LINES);
	return {
		...{ list, asked, page, pages, total, sees },
		organization: { name: organization.name },
		org: query.get('org') ? organization.id : null,
		maySettle,
		mayOpen: mayOpen && organization.kind === 'ward',
		counts: LIST_NAMES.map((name) => ({ name, n: all.filter((each) => LISTS[name](each, scope.userId)).length })),
		lines: rows.map((each) => ({
			...{ id: each.id, number: showCaseNumber(each), subject: each.subject, source: each.source },
			...{ class: each.class, state: each.state, toHead: each.toHead, due: each.due, unit: each.unit },
			assignee: names.get(each.assigneeId) ?? ''
		})),
		done: query.get('done')
	};
};

const wordsOf = (each: DueCase, names: ReadonlyMap<string, string>) =>
	[showCaseNumber(each), each.subject, each.text, each.unit, names.get(each.assigneeId), each.publicQuestion].join(' ');

const byNumber = (a: DueCase, b: DueCase) => b.year - a.year || b.seq - a.seq;
const byDue = (a: DueCase, b: DueCase) => (a.due.at ?? Infinity) - (b.due.at ?? Infinity) || byNumber(b, a);
