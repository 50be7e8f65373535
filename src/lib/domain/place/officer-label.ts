import { compareNames } from '../shared/text.ts';
import { matches, searchKey } from '../shared/list.ts';

/** An officer as they can be told from every other one by a line of text. */
export interface LabelledOfficer {
	id: string;
	label: string;
}

/** In the order of names; whoever shares a name is told apart by their staff number, or by a number of ours. */
export function labelled(officers: readonly { id: string; name: string; code: string }[]): LabelledOfficer[] {
	const sorted = officers.toSorted((a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1));
	const named = Map.groupBy(sorted, ({ name }) => searchKey(name));
	return sorted.map((officer) => {
		const same = named.get(searchKey(officer.name))!;
		const apart = officer.code || String(same.indexOf(officer) + 1);
		return { id: officer.id, label: same.length === 1 ? officer.name : `${officer.name} (${apart})` };
	});
}

/** Whom a typed text means, marks and case aside: a whole label, else the only one that every word is in. */
export function officerMeant(
	typed: string,
	officers: readonly LabelledOfficer[]
): { ok: true; id: string } | { ok: false; reason: 'nobody' | 'several' } {
	const key = searchKey(typed.trim());
	const exact = officers.filter(({ label }) => searchKey(label) === key);
	const found = exact.length > 0 ? exact : officers.filter(({ label }) => matches(label, typed.trim()));
	if (found.length === 1) return { ok: true, id: found[0].id };
	return { ok: false, reason: found.length === 0 ? 'nobody' : 'several' };
}
