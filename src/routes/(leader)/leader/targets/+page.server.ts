import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readYear, yearOf } from '$lib/domain/report/period.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { readIndexTable } from '$lib/server/report/reads.ts';
import { readTargetHistory, readTargets } from '$lib/server/report/targets/reads.ts';
import { setTargets } from '$lib/server/report/targets/writes.ts';
import type { Actions, PageServerLoad } from './$types';

const LISTED = 50;

/** What each criterion is held against in a year, and how many answers it takes to say whether it is reached. */
export const load: PageServerLoad = async (event) => {
	const query = event.url.searchParams;
	const permitted = await requireRight(event, 'load', query.get('org') ?? undefined);
	const { organization, above, org } = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const { db } = event.locals.running;
	const now = Date.now();
	const thisYear = Number(localDay(now).slice(0, 4));
	const year = readYear(query, thisYear);
	const { id: organizationId, versionId } = organization;
	const usual = organization.target / 100;
	const question = { organizationId, by: 'criterion', ...yearOf(year), versionId, target: usual } as const;
	const { total, targets } = await readIndexTable(db, question);
	const served = /^\d{1,7}$/.test(query.get('count') ?? '') ? Number(query.get('count')) : null;
	return {
		organization: { name: organization.name, above },
		...{ org, year, thisYear, usual, total, targets, served, asOf: now },
		set: await readTargets(db, organizationId, year),
		history: await readTargetHistory(db, organizationId, LISTED),
		mayWrite: hasRightToo(event, permitted, 'target:write'),
		done: query.has('changed')
	};
};

/** '' is the organization's usual target; else '90', '87,5', '87.25' percent; hundredths come out. */
const target = v.pipe(
	v.string(),
	v.trim(),
	v.regex(/^(\d{1,3}([.,]\d{1,2})?)?$/, 'target'),
	v.transform((text) => (text === '' ? null : Math.round(Number(text.replace(',', '.')) * 100))),
	v.check((value) => value === null || (value >= 5000 && value <= 10_000), 'target')
);
const entry = v.object({
	year: v.pipe(v.string(), v.regex(/^2\d{3}$/, 'year'), v.transform(Number)),
	...{ TC: target, HC: target, PV: target, KQ: target, TT: target, SIPAS: target }
});

export const actions: Actions = {
	set: async (event) => {
		const query = event.url.searchParams;
		const { user, organization } = await requireRight(event, 'set', query.get('org') ?? undefined);
		if (organization.kind === 'province') redirect(303, '/leader');
		const form = parseForm(entry, await event.request.formData());
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems });
		const { year, ...values } = form.value;
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		await setTargets(event.locals.running.db, { ...change, year, values });
		const kept = query.get('org') ? [['org', query.get('org')!]] : [];
		redirect(303, `/leader/targets?${new URLSearchParams([...kept, ['year', String(year)], ['changed', '1']])}#done`);
	}
};
