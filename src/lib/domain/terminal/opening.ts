import { dayOfWeek, localDay, startOfLocalDay, HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import type { Profile } from './profile.ts';

/** Whether a counter with these hours is open at an instant: Monday to Friday. On other days a silent tablet alarms nobody. */
export function isOpen({ opensAt, closesAt }: Pick<Profile, 'opensAt' | 'closesAt'>, at: number): boolean {
	const day = localDay(at);
	if (dayOfWeek(day) > 5) return false;
	const sinceMidnight = at - startOfLocalDay(day);
	return sinceMidnight >= sinceMidnightOf(opensAt) && sinceMidnight < sinceMidnightOf(closesAt);
}

function sinceMidnightOf(clock: string): number {
	const [hours, minutes] = clock.split(':').map(Number);
	return (hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS;
}
