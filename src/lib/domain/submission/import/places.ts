import { counterNames } from '../../place/counter.ts';
import { cellKey } from './points.ts';
import { sameText, textOf } from '../../place/import/cell.ts';

/** The places of an organization that answers may name; archived ones too, for the answers may be older. */
export interface KnownPlaces {
	sites: readonly { id: string; name: string; archivedAt: number | null }[];
	counters: readonly { id: string; siteId: string; number: string; name: string; archivedAt: number | null }[];
	fields: readonly { id: string; code: string; name: string; archivedAt: number | null }[];
	officers: readonly { id: string; code: string; name: string; archivedAt: number | null }[];
}

export type PlaceProblem =
	| 'site-unknown'
	| 'counter-unknown'
	| 'counter-ambiguous'
	| 'field-unknown'
	| 'field-ambiguous'
	| 'officer-unknown'
	| 'officer-ambiguous';

/** What one row says of where it belongs; undefined: the file has no such column. */
export interface SaidPlace {
	site?: string;
	counter?: string;
	field?: string;
	officer?: string;
}

export interface FoundPlace {
	siteId: string;
	counterId: string;
	fieldId: string;
	officerId: string;
}

/**
 * Finds places as people write them: by id, number, code or name, marks and case aside; where marks tell two names apart they decide.
 * An empty cell is "unknown": such a sheet counts for the organization and is shown as unattributed. Nothing is guessed from the
 * roster or from what a counter serves today.
 */
export function placeFinder({ sites, counters, fields, officers }: KnownPlaces) {
	const findSite = finder(sites, ({ id, name }) => [id, name]);
	const findCounter = finder(counters, (counter) => [counter.id, ...counterNames(counter)]);
	const findField = finder(fields, ({ id, code, name }) => [id, code, name]);
	const findOfficer = finder(officers, ({ id, code, name }) => [id, code, name]);
	const onlySite = sites.filter(standing).length === 1 ? sites.find(standing) : undefined;

	return (said: SaidPlace, say: (column: keyof SaidPlace, code: PlaceProblem) => void): FoundPlace => {
		const [site] = said.site === undefined ? [] : findSite(said.site);
		if (!site && textOf(said.site) !== '') say('site', 'site-unknown');
		const counter = theOne('counter', findCounter(said.counter ?? '', site && (({ siteId }) => siteId === site.id)));
		const field = theOne('field', findField(said.field ?? ''));
		const officer = theOne('officer', findOfficer(said.officer ?? ''));
		return {
			siteId: counter?.siteId ?? site?.id ?? onlySite?.id ?? '',
			counterId: counter?.id ?? '',
			fieldId: field?.id ?? '',
			officerId: officer?.id ?? ''
		};

		function theOne<Each>(column: 'counter' | 'field' | 'officer', found: readonly Each[]): Each | undefined {
			if (found.length > 1) say(column, `${column}-ambiguous`);
			if (found.length === 0 && textOf(said[column]) !== '') say(column, `${column}-unknown`);
			return found[0];
		}
	};
}

const standing = ({ archivedAt }: { archivedAt: number | null }) => archivedAt === null;

function finder<Each extends { archivedAt: number | null }>(all: readonly Each[], namesOf: (each: Each) => string[]) {
	const named = all.flatMap((each) => [...new Set(namesOf(each).map(sameText))].map((name) => ({ name, each })));
	const exactly = Map.groupBy(named, ({ name }) => name);
	const loosely = Map.groupBy(named, ({ name }) => cellKey(name));
	const find = (text: string, fits: (each: Each) => boolean): Each[] => {
		if (textOf(text) === '') return [];
		for (const found of [exactly.get(sameText(text)), loosely.get(cellKey(text))]) {
			const fitting = [...new Set((found ?? []).map(({ each }) => each))].filter(fits);
			// What is archived steps back behind what bears its name today.
			const those = fitting.filter(standing);
			if (fitting.length > 0) return those.length > 0 ? those : fitting;
		}
		return [];
	};
	const remembered = new Map<string, Each[]>();
	return (text: string, fits?: (each: Each) => boolean): Each[] => {
		if (fits) return find(text, fits);
		let found = remembered.get(text);
		if (!found) {
			found = find(text, () => true);
			if (remembered.size < REMEMBERED) remembered.set(text, found);
		}
		return found;
	};
}

/** Few places are named, over and over. */
const REMEMBERED = 5000;
