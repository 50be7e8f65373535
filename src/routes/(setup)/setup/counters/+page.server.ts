import { fail, redirect } from '@sveltejs/kit';
import { nextNumbers } from '$lib/domain/place/set-up.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { newId } from '$lib/server/account/writes.ts';
import { rowsOf } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readSetUp } from '$lib/server/place/setup/reads.ts';
import { saveCounters } from '$lib/server/place/setup/places/writes.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_ROWS = 200;
const MOST_AT_ONCE = 30;

export const load: PageServerLoad = async (event) => {
	const { organization } = await requireRight(event, 'load');
	const { sites, counters } = await readSetUp(event.locals.running.db, organization.id);
	if (sites.length === 0) redirect(303, '/setup/sites');
	return {
		organization: { name: organization.name },
		sites: sites.map(({ id, name }) => ({ id, name })),
		rows: counters.map(({ id, siteId, number, name }) => ({ id, siteId, number, name, saved: true }))
	};
};

const INPUTS = ['id', 'saved', 'siteId', 'number', 'name'] as const;

export const actions: Actions = {
	default: async (event) => {
		const { user, organization } = await requireRight(event, 'default');
		const data = await event.request.formData();
		const rows = rowsOf(data, INPUTS, MOST_ROWS).map(({ saved, ...row }) => ({ ...row, saved: saved === '1' }));
		const fill = data.get('fill');
		if (fill !== null) return filled(rows, String(fill), Number(data.get(`count-${String(fill)}`)));

		const meant = rows.filter((row) => row.saved || row.number !== '' || row.name !== '');
		const problems = problemsOf(meant);
		if (meant.length === 0) return fail(400, { rows, problems, none: true, badCount: null });
		if (Object.keys(problems).length > 0) return fail(400, { rows, problems, none: false, badCount: null });
		const step = { organizationId: organization.id, savedBy: user.id, now: Date.now() };
		const wanted = meant.map(({ id, siteId, number, name }) => ({
			id,
			siteId,
			number: clean(number),
			name: clean(name)
		}));
		const saved = await saveCounters(event.locals.running.db, { ...step, rows: wanted });
		if (!saved.ok) {
			const found = Object.fromEntries(saved.problems.map(({ id, code }) => [id, code]));
			return fail(409, { rows, problems: found, none: false, badCount: null });
		}
		redirect(303, '/setup/fields');
	}
};

interface Row {
	id: string;
	siteId: string;
	number: string;
	name: string;
	saved: boolean;
}

/** The quick way: so many counters more at this site, numbered on; nothing is saved yet. */
function filled(rows: Row[], siteId: string, count: number) {
	const problems: Record<string, string> = {};
	const good = Number.isInteger(count) && count >= 1 && count <= MOST_AT_ONCE;
	if (!good) return fail(400, { rows, problems, none: false, badCount: siteId });
	// Rows that were left empty are used up first.
	const kept = rows.filter((row) => row.siteId !== siteId || row.saved || row.number !== '' || row.name !== '');
	const numbers = nextNumbers(
		kept.map(({ number }) => number),
		Math.min(count, MOST_ROWS - kept.length)
	);
	const fresh = numbers.map((number) => ({ id: newId(), siteId, number, name: '', saved: false }));
	return { rows: [...kept, ...fresh], problems, none: false, badCount: null };
}

/** By the row's id: a row has one line, and one thing wrong with it is enough. */
function problemsOf(rows: readonly Row[]): Record<string, string> {
	const problems: Record<string, string> = {};
	for (const { id, number, name, saved } of rows) {
		if (!/^[0-9a-z]{1,64}$/.test(id)) problems[id] = 'unknown';
		else if (clean(number) === '') problems[id] = saved ? 'saved' : 'required';
		else if (number.length > 8 || name.length > 120) problems[id] = 'too-long';
	}
	return problems;
}
