import { fail, redirect } from '@sveltejs/kit';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { PARTICIPATION_BY, participationByOf, withRates } from '$lib/domain/report/participation.ts';
import { periodBefore } from '$lib/domain/report/period.ts';
import { readServed } from '$lib/domain/report/served.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { hasRightToo, requireRight, type Permitted } from '$lib/server/http/guard.ts';
import { openLeaderQuestion, readerOf } from '$lib/server/http/leader-page.ts';
import { readParticipationSigns, readServedPlaces } from '$lib/server/report/participation/reads.ts';
import { readDaysOver } from '$lib/server/report/participation/over/reads.ts';
import { keepServed } from '$lib/server/report/participation/writes.ts';
import { readCounters } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const orgOf = (event: RequestEvent) => event.url.searchParams.get('org') ?? undefined;

/** How many of those served have answered, for the period of the leader's table. */
export const load: PageServerLoad = async (event) => {
	const query = event.url.searchParams;
	const permitted = await requireRight(event, 'load', query.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	const { organization, above, org } = reader;
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const { db } = event.locals.running;
	const by = participationByOf(query.get('by'), reader.officers);
	query.set('by', by);
	const now = Date.now();
	const { question, period } = await openLeaderQuestion(event, reader, now, 'participation');
	const today = localDay(now);
	const { rows, total, signs } = await readParticipationSigns(db, { ...question, today }, period, by);
	return {
		by,
		offered: PARTICIPATION_BY.filter((each) => each !== 'officer' || reader.officers),
		rows: rows.map(withRates),
		total: withRates(total),
		signs,
		daysOver: await readDaysOver(db, question),
		before: periodBefore(period),
		period,
		asOf: now,
		today,
		organization: { name: organization.name, above },
		org,
		counters: (await readCounters(db, organization.id))
			.filter(({ archivedAt }) => archivedAt === null)
			.map((counter) => ({ id: counter.id, name: counterLabel(counter) })),
		mayWrite: hasRightToo(event, permitted, 'served:write'),
		done: /^\d{1,5}$/.exec(query.get('done') ?? '')?.[0] ?? null
	};
};

export const actions: Actions = {
	typed: async (event) => {
		const permitted = await requireRight(event, 'typed', orgOf(event));
		const data = await event.request.formData();
		const counters = await readCounters(event.locals.running.db, permitted.organization.id);
		const number = counters.find(({ id }) => id === data.get('counter'));
		const places = { counters: number ? [number] : [], officers: [], today: localDay(Date.now()) };
		const text = [data.get('day'), number?.number ?? '?', data.get('served')].map(String).join(';');
		const { lines, problems } = readServed(text, places);
		if (problems.length > 0 || lines.length !== 1) return fail(400, { typed: problems[0]?.code ?? 'served' });
		return keep(event, permitted, lines);
	},
	look: async (event) => {
		const permitted = await requireRight(event, 'look', orgOf(event));
		const file = (await event.request.formData()).get('csv');
		const text = file instanceof File ? await file.text() : '';
		const read = await readText(event, permitted, text);
		if (read.problems.length > 0 || read.lines.length === 0) return fail(400, wrong(read));
		const days = read.lines.map(({ day }) => day).toSorted();
		const sum = read.lines.reduce((before, { served }) => before + served, 0);
		return { look: { lines: read.lines.length, from: days[0]!, to: days.at(-1)!, sum, text } };
	},
	apply: async (event) => {
		const permitted = await requireRight(event, 'apply', orgOf(event));
		const text = String((await event.request.formData()).get('text') ?? '');
		const read = await readText(event, permitted, text);
		if (read.problems.length > 0 || read.lines.length === 0) return fail(400, wrong(read));
		return keep(event, permitted, read.lines);
	}
};

type Read = ReturnType<typeof readServed>;

/** As many as anybody reads. */
const SHOWN_PROBLEMS = 20;

const wrong = ({ problems }: Read) => ({
	wrong: { count: problems.length, problems: problems.slice(0, SHOWN_PROBLEMS) }
});

async function readText(event: RequestEvent, { organization }: Permitted, text: string): Promise<Read> {
	return readServed(text, await readServedPlaces(event.locals.running.db, organization.id, localDay(Date.now())));
}

async function keep(event: RequestEvent, { organization, user }: Permitted, lines: Read['lines']): Promise<never> {
	const by = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
	await keepServed(event.locals.running.db, { ...by, lines });
	const kept = [...event.url.searchParams].filter(([name]) => !name.startsWith('/') && name !== 'done');
	redirect(303, `/leader/participation?${new URLSearchParams([...kept, ['done', String(lines.length)]])}`);
}
