import { monthOf } from '../shared/time.ts';
import { FIGURES } from '../submission/counting.ts';

/** A block of released counts: one item of one cut, under the day that filled it. */
export interface Block extends Record<(typeof FIGURES)[number], number> {
	organizationId: string;
	versionId: string;
	day: string;
	channel: string;
	siteId: string;
	counterId: string;
	fieldId: string;
	officerId: string;
	itemId: string;
}

/** By what released counts are added up over all else: by one kind of place, by person, or by nothing. */
export const SIDES = ['all', 'site', 'counter', 'field', 'officer'] as const;
export type Side = (typeof SIDES)[number];

/** The sum of all blocks of one item and channel at one place of a side, in a day or a month. */
export interface Margin extends Record<(typeof FIGURES)[number], number> {
	organizationId: string;
	versionId: string;
	span: 'day' | 'month';
	side: Side;
	/** The day or month. */
	period: string;
	/** The site, counter, field or officer; '' where none is named, and of all. */
	place: string;
	channel: string;
	itemId: string;
	/** The officer whose sheets are all that is in it; '' of several, and of nobody's. */
	onlyOfficer: string;
}

const PLACE_OF: Record<Side, (block: Block) => string> = {
	all: () => '',
	site: ({ siteId }) => siteId,
	counter: ({ counterId }) => counterId,
	field: ({ fieldId }) => fieldId,
	officer: ({ officerId }) => officerId
};

/** Every sum that these blocks are added to: months of each side, and days of all. Days of every place would weigh as much as the blocks. */
export function marginsOf(blocks: readonly Block[]): Margin[] {
	const sums = new Map<string, Margin>();
	for (const block of blocks) {
		add(sums, marginOf(block, 'day', 'all'));
		for (const side of SIDES) add(sums, marginOf(block, 'month', side));
	}
	return [...sums.values()];
}

function marginOf(block: Block, span: Margin['span'], side: Side): Margin {
	const { organizationId, versionId, day, channel, itemId, officerId: onlyOfficer } = block;
	const { n1, n2, n3, n4, n5, notApplicable, sheets } = block;
	return {
		...{ organizationId, versionId, span, side, period: span === 'day' ? day : monthOf(day) },
		...{ place: PLACE_OF[side](block), channel, itemId, onlyOfficer },
		...{ n1, n2, n3, n4, n5, notApplicable, sheets }
	};
}

function add(sums: Map<string, Margin>, margin: Margin) {
	const key = marginKey(margin);
	const known = sums.get(key);
	if (!known) return void sums.set(key, margin);
	known.onlyOfficer = onlyOfficerOf(known.onlyOfficer, margin.onlyOfficer);
	for (const figure of FIGURES) known[figure] += margin[figure];
}

/** Of two, the one officer of both: anybody else, also nobody, makes it nobody's own. */
export const onlyOfficerOf = (one: string, other: string) => (one === other ? one : '');

export const MARGIN_KEY = [
	'organizationId',
	'versionId',
	'span',
	'side',
	'period',
	'place',
	'channel',
	'itemId'
] as const;

export const marginKey = (margin: Record<(typeof MARGIN_KEY)[number], string>) =>
	MARGIN_KEY.map((column) => margin[column]).join('|');
