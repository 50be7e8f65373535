import { fail, redirect } from '@sveltejs/kit';
import { hoursOfWeek, weekOfHours } from '$lib/domain/place/set-up.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { newId } from '$lib/server/account/writes.ts';
import { rowsOf } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readSetUp } from '$lib/server/place/setup/reads.ts';
import { saveSites, type SiteRow } from '$lib/server/place/setup/places/writes.ts';
import type { Actions, PageServerLoad } from './$types';

const ROWS = 3;
const MOST_ROWS = 40;
const USUAL = hoursOfWeek(null)!;

export const load: PageServerLoad = async (event) => {
	const { organization } = await requireRight(event, 'load');
	const { sites } = await readSetUp(event.locals.running.db, organization.id);
	const saved = sites.map(({ hours, ...site }) => {
		const asked = hoursOfWeek(hours);
		return { ...site, ...(asked ?? USUAL), ownHours: asked === null, saved: true };
	});
	const missing = Math.max(saved.length === 0 ? ROWS : 0, 0);
	return {
		organization: { name: organization.name },
		rows: [...saved, ...blanks(missing, saved.length === 0)],
		/** For the row that the next tap on "one more" adds. */
		more: saved.length
	};
};

const INPUTS = [
	'id',
	'saved',
	'name',
	'kind',
	'address',
	'ownHours',
	'morningFrom',
	'morningTo',
	'afternoonFrom',
	'afternoonTo'
] as const;

export const actions: Actions = {
	default: async (event) => {
		const { user, organization } = await requireRight(event, 'default');
		const data = await event.request.formData();
		const saturdays = new Set(data.getAll('saturday'));
		const rows = rowsOf(data, INPUTS, MOST_ROWS).map(({ kind, saved, ownHours, ...row }) => ({
			...row,
			kind: kind === 'satellite' ? ('satellite' as const) : ('main' as const),
			saved: saved === '1',
			ownHours: ownHours === '1',
			saturday: saturdays.has(row.id)
		}));
		if (data.has('more')) return { rows: [...rows, ...blanks(1, false)], problems: {} as Problems, none: false };

		const filled = rows.filter((row) => row.saved || row.name !== '' || row.address !== '');
		const problems = problemsOf(filled);
		if (filled.length === 0) return fail(400, { rows, problems, none: true });
		if (Object.keys(problems).length > 0) return fail(400, { rows, problems, none: false });
		const step = { organizationId: organization.id, savedBy: user.id, now: Date.now() };
		const saved = await saveSites(event.locals.running.db, { ...step, rows: filled.map(siteOf) });
		if (!saved.ok) {
			const found = Object.fromEntries(saved.problems.map(({ id, code }) => [id, { field: 'name', code }]));
			return fail(409, { rows, problems: found as Problems, none: false });
		}
		redirect(303, '/setup/counters');
	}
};

type Row = Awaited<ReturnType<typeof blanks>>[number];
/** By the row's id: which of its inputs, and what is wrong there. */
type Problems = Record<string, { field: 'name' | 'address' | 'hours'; code: string }>;

function problemsOf(rows: readonly Row[]): Problems {
	const problems: Problems = {};
	for (const row of rows) {
		if (!/^[0-9a-z]{1,64}$/.test(row.id)) problems[row.id] = { field: 'name', code: 'unknown' };
		else if (clean(row.name) === '') problems[row.id] = { field: 'name', code: row.saved ? 'saved' : 'required' };
		else if (row.name.length > 120) problems[row.id] = { field: 'name', code: 'too-long' };
		else if (row.address.length > 200) problems[row.id] = { field: 'address', code: 'too-long' };
		else if (!row.ownHours && weekOfHours(row) === undefined) problems[row.id] = { field: 'hours', code: 'hours' };
	}
	return problems;
}

function siteOf({ id, name, kind, address, ownHours, ...asked }: Row): SiteRow {
	const hours = ownHours ? undefined : weekOfHours(asked);
	return { id, name: clean(name), kind, address: clean(address), hours };
}

function blanks(count: number, withMain: boolean) {
	return Array.from({ length: count }, (_, i) => ({
		id: newId(),
		saved: false,
		name: '',
		kind: withMain && i === 0 ? ('main' as const) : ('satellite' as const),
		address: '',
		ownHours: false,
		...USUAL
	}));
}
