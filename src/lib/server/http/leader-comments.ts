import type { Db } from '../db/db.ts';
import { readNamedBatches } from '../submission/comment/release/reads.ts';
import { readFilterChoices } from './leader-question.ts';

/** More than half a year of a ward with many comments. */
const BATCHES = 100;
const PLACES = { site: 'siteId', counter: 'counterId', field: 'fieldId' } as const;
type Place = keyof typeof PLACES;

/** The batches that an address asks for, and what it may be narrowed to; always whole ones. */
export async function readAskedComments(db: Db, organizationId: string, query: URLSearchParams) {
	const { site, counter, field } = await readFilterChoices(db, organizationId, false);
	const choices = { counter, field, site };
	const place = placeIn(query, choices);
	const narrowed = place ? { [PLACES[place.name]]: place.value } : {};
	return { choices, place, batches: await readNamedBatches(db, organizationId, narrowed, BATCHES) };
}

/** 'place=counter.ID' of the form, or 'counter=ID' of a link; null for a place that is not there. */
function placeIn(query: URLSearchParams, choices: Record<Place, { value: string }[]>) {
	const [chosen = '', id = ''] = (query.get('place') ?? '').split('.', 2);
	for (const name of Object.keys(PLACES) as Place[]) {
		const value = chosen === name ? id : query.get(name);
		if (value !== null && choices[name].some((each) => each.value === value)) return { name, value };
	}
	return null;
}
