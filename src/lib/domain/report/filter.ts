import { CHANNELS, type Channel, OFFICIAL_CHANNELS } from '../submission/channel.ts';

/** By what a table can be narrowed: each of these to one place, person or channel. */
export const FILTERS = ['officer', 'counter', 'field', 'site', 'channel'] as const;
export type FilterName = (typeof FILTERS)[number];

/** To what a table is narrowed; ids, and for a channel its name. Every cut of released counts is whole blocks of k, so any will do. */
export type Filter = Partial<Record<FilterName, string>>;

/** The filter that an address asks for; a channel that does not exist is none. */
export function readFilter(query: URLSearchParams): Filter {
	const filter: Filter = {};
	for (const name of FILTERS) {
		const value = query.get(name);
		if (!value || value.length > 64) continue;
		if (name === 'channel' && !CHANNELS.some((known) => known === value)) continue;
		filter[name] = value;
	}
	return filter;
}

/** Whose answers a narrowed table counts: those that count in the index, or the one channel it is narrowed to. */
export function channelsOf({ channel }: Filter): readonly Channel[] {
	return channel ? [channel as Channel] : OFFICIAL_CHANNELS;
}
