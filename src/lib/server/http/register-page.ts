import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages.js';
import { CASE_CLASSES } from '../../domain/casework/case.ts';
import { findAnswers, yearsOf, type PublishedCase, type RegisterFilter } from '../../domain/casework/register.ts';
import { compareText } from '../../domain/shared/text.ts';
import type { Locale } from '../../domain/survey/criterion.ts';
import { readPublishedCases } from '../casework/register/reads.ts';
import type { Db } from '../db/db.ts';
import { readFields } from '../place/reads.ts';
import { readPublicName } from '../report/publication/reads.ts';

/** Shorter than a month's board is kept: an answer that is taken back leaves soon. */
export const REGISTER_CACHE = { 'cache-control': 'public, max-age=60' };

export type NamedCase = PublishedCase & { field: string };

/** Whose register it is, or 404; with the name of each field in its language. */
export async function registerOf(db: Db, id: string, locale: Locale) {
	const own = await readPublicName(db, id);
	if (!own) error(404, { message: m.register_unknown({}, { locale }), code: 'register-unknown' });
	const fields = await readFields(db, id);
	const names = new Map(fields.map(({ id: field, name, nameEn }) => [field, (locale === 'en' && nameEn) || name]));
	const named = (row: PublishedCase): NamedCase => ({ ...row, field: names.get(row.fieldId) ?? '' });
	return { id, ...own, named };
}

/** The answers that an address asks for, what can be asked for, and what it asked. */
export async function readRegister(
	db: Db,
	{ id, named }: Awaited<ReturnType<typeof registerOf>>,
	query: URLSearchParams,
	now: number
) {
	const all = (await readPublishedCases(db, id)).map(named);
	const asked = (name: string) => query.get(name) ?? '';
	const years = yearsOf(all, now);
	const fields = new Map(all.filter(({ field }) => field !== '').map(({ fieldId, field }) => [fieldId, field]));
	const filter: RegisterFilter = {
		search: asked('q').slice(0, 100),
		class: CASE_CLASSES.find((each) => each === asked('class')) ?? '',
		fieldId: fields.has(asked('field')) ? asked('field') : '',
		year: years.includes(asked('year')) ? asked('year') : ''
	};
	const choices = [...fields].map(([value, text]) => ({ value, text }));
	return {
		...{ filter, years, total: all.length, found: findAnswers(all, filter) },
		fields: choices.sort((a, b) => compareText(a.text, b.text))
	};
}
