import { channelsOf, type Filter, type FilterName, readFilter } from '../../domain/report/filter.ts';
import { type Order, readOrder } from '../../domain/report/order.ts';
import { type Period, readPeriod } from '../../domain/report/period.ts';
import { DIMENSIONS, type Dimension } from '../../domain/report/table.ts';
import { counterLabel } from '../../domain/place/counter.ts';
import { compareText, sortByPerson } from '../../domain/shared/text.ts';
import { CHANNEL_NAMES, CHANNELS, isOfficial, UNVERIFIED_WORDS } from '../../domain/submission/channel.ts';
import type { LocalText } from '../../domain/survey/criterion.ts';
import type { Db } from '../db/db.ts';
import { readCounters, readFields, readOfficers, readSites } from '../place/reads.ts';
import type { IndexQuestion } from '../report/reads.ts';

/** To what a table may be narrowed, with the names that people choose by. */
export type FilterChoices = Record<FilterName, { value: string; text: LocalText }[]>;

/** What the address of a leader's page asks for, as far as its reader may ask it. */
export interface LeaderQuestion {
	by: Dimension;
	period: Period;
	filter: Filter;
	order: Order;
	choices: FilterChoices;
	/** By officer was asked for in vain. */
	refused: boolean;
	question: IndexQuestion;
}

interface Reader {
	organization: { id: string; target: number; versionId: string };
	/** Whether they may see results by officer. */
	officers: boolean;
	/** Versions that they may look at. */
	versions: readonly string[];
	today: string;
}

/** Places that do not exist, officers who may not be looked at and channels in a table of channels narrow nothing. */
export async function readLeaderQuestion(db: Db, query: URLSearchParams, reader: Reader): Promise<LeaderQuestion> {
	const { organization, officers, versions, today } = reader;
	const wanted = DIMENSIONS.find((known) => known === query.get('by'));
	const by = officers ? (wanted ?? 'officer') : wanted === 'officer' ? 'counter' : (wanted ?? 'counter');
	const choices = await readFilterChoices(db, organization.id, officers);
	const period = readPeriod(query, today);
	const filter = readFilter(query);
	for (const name of Object.keys(filter) as FilterName[]) {
		const known = choices[name].some(({ value }) => value === filter[name]);
		if (!known || (name === 'channel' && by === 'channel')) delete filter[name];
	}
	const versionId = versions.find((id) => id === query.get('version')) ?? organization.versionId;
	const { channel: _, ...where } = filter;
	const days = { from: period.from, to: period.to };
	const asked = { organizationId: organization.id, by, ...days, versionId, where, channels: channelsOf(filter) };
	return {
		by,
		period,
		filter,
		order: readOrder(query.get('order')),
		choices,
		refused: wanted === 'officer' && !officers,
		question: { ...asked, target: organization.target / 100 }
	};
}

/** Everything a table of an organization can be narrowed to. */
export async function readFilterChoices(db: Db, organizationId: string, officers: boolean): Promise<FilterChoices> {
	const same = (text: string) => ({ vi: text, en: text });
	const named = (rows: readonly { id: string; name: string }[]) =>
		rows.toSorted((a, b) => compareText(a.name, b.name)).map(({ id, name }) => ({ value: id, text: same(name) }));
	const people = officers ? sortByPerson(await readOfficers(db, organizationId), ({ name }) => name) : [];
	return {
		officer: people.map(({ id, name }) => ({ value: id, text: same(name) })),
		counter: (await readCounters(db, organizationId)).map((counter) => ({
			value: counter.id,
			text: same(counterLabel(counter))
		})),
		field: named(await readFields(db, organizationId)),
		site: named(await readSites(db, organizationId)),
		channel: CHANNELS.map((channel) => ({ value: channel, text: channelText(channel) }))
	};
}

function channelText(channel: (typeof CHANNELS)[number]): LocalText {
	const name = CHANNEL_NAMES[channel];
	if (isOfficial(channel)) return name;
	return { vi: `${name.vi} (${UNVERIFIED_WORDS.vi})`, en: `${name.en} (${UNVERIFIED_WORDS.en})` };
}
