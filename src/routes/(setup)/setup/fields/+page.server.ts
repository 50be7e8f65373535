import { fail, redirect } from '@sveltejs/kit';
import { DEFAULT_FIELDS } from '$lib/domain/place/field.ts';
import { codeFor, namesField } from '$lib/domain/place/set-up.ts';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { rowsOf } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readSetUp } from '$lib/server/place/setup/reads.ts';
import { saveFields } from '$lib/server/place/setup/places/writes.ts';
import type { Db } from '$lib/server/db/db.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_FIELDS = 60;

export const load: PageServerLoad = async (event) => {
	const { organization } = await requireRight(event, 'load');
	const { sites, counters, fields, known } = await readFieldsStep(event.locals.running.db, organization.id);
	if (counters.length === 0) redirect(303, sites.length === 0 ? '/setup/sites' : '/setup/counters');
	const first = fields.length === 0;
	const saved = new Set(fields.map(({ code }) => code));
	return {
		organization: { name: organization.name },
		sites: sites.map(({ id, name }) => ({ id, name })),
		counters: counters.map((counter) => ({ id: counter.id, siteId: counter.siteId, name: counterLabel(counter) })),
		rows: known.map(({ code, name, nameEn }) => ({ code, name, nameEn, isOwn: false })),
		/** At first everything usual is ticked, and every counter what its name says. */
		chosen: known.filter(({ code }) => first || saved.has(code)).map(({ code }) => code),
		serves: counters.flatMap(({ id, name, serves }) =>
			known
				.filter((field) => serves.includes(field.code) || (serves.length === 0 && namesField(name, field.name)))
				.map(({ code }) => `${id}:${code}`)
		)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { user, organization } = await requireRight(event, 'default');
		const { db } = event.locals.running;
		const data = await event.request.formData();
		const { counters, known } = await readFieldsStep(db, organization.id);
		const own = rowsOf(data, ['ownCode', 'ownName'], MOST_FIELDS)
			.map(({ ownCode, ownName }) => ({ code: ownCode, name: clean(ownName), nameEn: clean(ownName) }))
			.filter(({ code, name }) => /^[A-Z0-9]{1,8}$/.test(code) && name !== '' && name.length <= 120)
			.filter(({ code }) => !known.some((field) => field.code === code));
		const typed = {
			own,
			chosen: data.getAll('field').map(String),
			serves: data.getAll('serves').map(String),
			newName: String(data.get('newName') ?? '').trim()
		};
		const add = data.has('add');
		if (add || typed.newName !== '') {
			const name = clean(typed.newName);
			const all = [...known, ...own];
			const problem =
				name === ''
					? 'required'
					: name.length > 120
						? 'too-long'
						: all.some((field) => field.name.toLocaleLowerCase('vi') === name.toLocaleLowerCase('vi'))
							? 'taken'
							: null;
			if (problem) return fail(400, { ...typed, problem });
			const code = codeFor(
				name,
				all.map((field) => field.code)
			);
			typed.own.push({ code, name, nameEn: name });
			typed.chosen.push(code);
			// A name that was typed and not yet added is not lost by going on.
			if (add) return { ...typed, newName: '', problem: null };
		}
		if (data.has('all')) {
			const everything = counters.flatMap(({ id }) => typed.chosen.map((code) => `${id}:${code}`));
			return { ...typed, serves: everything, problem: null };
		}
		const chosen = [...known, ...typed.own].filter(({ code }) => typed.chosen.includes(code));
		if (chosen.length === 0) return fail(400, { ...typed, problem: 'none' });
		const serves = typed.serves.map((pair) => {
			const [counterId = '', code = ''] = pair.split(':');
			return { counterId, code };
		});
		const step = { organizationId: organization.id, savedBy: user.id, now: Date.now() };
		await saveFields(db, { ...step, chosen: chosen.map(({ code, name, nameEn }) => ({ code, name, nameEn })), serves });
		redirect(303, '/setup/done');
	}
};

/** The usual fields with the ward's own after them; a usual one that the ward has renamed goes by its name there. */
async function readFieldsStep(db: Db, organizationId: string) {
	const setUp = await readSetUp(db, organizationId);
	const saved = new Map(setUp.fields.map((field) => [field.code, field]));
	const usual = DEFAULT_FIELDS.map((field) => saved.get(field.code) ?? field);
	const others = setUp.fields.filter(({ code }) => !DEFAULT_FIELDS.some((field) => field.code === code));
	return { ...setUp, known: [...usual, ...others] };
}
