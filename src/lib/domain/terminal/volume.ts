import { sinceMidnight } from '../place/calendar/hours.ts';
import { localDay, startOfLocalDay } from '../shared/time.ts';
import type { Profile } from './profile.ts';

/** How loud the tablet is at an instant; quieter hours may go over midnight. A profile kept by an older program has none. */
export function volumeAt({ volume, quiet }: Pick<Profile, 'volume'> & Partial<Profile>, at: number): number {
	if (!quiet) return volume;
	const now = at - startOfLocalDay(localDay(at));
	const [from, until] = [sinceMidnight(quiet.from), sinceMidnight(quiet.until)];
	const inside = from <= until ? from <= now && now < until : now >= from || now < until;
	return inside ? quiet.volume : volume;
}
