import { searchKey } from '../shared/list.ts';
import { USUAL_HOURS, areWorkingHours, type Session, type WorkingHours } from './calendar/hours.ts';

/** The five steps from an empty installation to a ward that can be asked about, in their order. */
export const SET_UP_STEPS = ['ward', 'administrator', 'sites', 'counters', 'fields'] as const;
export type SetUpStep = (typeof SET_UP_STEPS)[number];

/** What a ward has so far. */
export interface SetUpCounts {
	sites: number;
	counters: number;
	fields: number;
}

/** The first step that has left nothing yet, for whoever comes back after a reload or a power cut; null when all have. */
export function nextStep({ sites, counters, fields }: SetUpCounts): SetUpStep | null {
	if (sites === 0) return 'sites';
	if (counters === 0) return 'counters';
	return fields === 0 ? 'fields' : null;
}

/** Where a step stands, from the top of the site. */
export function setUpPage(step: SetUpStep | null): string {
	if (step === null) return '/setup/done';
	return step === 'ward' ? '/setup' : `/setup/${step}`;
}

/** How the set-up asks for hours: one day for Monday to Friday, '' where there is no such half-day, and Saturday's morning. */
export interface OfficeHours {
	morningFrom: string;
	morningTo: string;
	afternoonFrom: string;
	afternoonTo: string;
	saturday: boolean;
}

/** The week behind the answers; undefined when it makes no sense, null for the usual hours. */
export function weekOfHours(asked: OfficeHours): WorkingHours | null | undefined {
	const morning: Session = [asked.morningFrom, asked.morningTo];
	const afternoon: Session = [asked.afternoonFrom, asked.afternoonTo];
	const isThere = ([opens, closes]: Session) => opens !== '' || closes !== '';
	const day = [morning, afternoon].filter(isThere);
	const saturday = asked.saturday ? [morning].filter(isThere) : [];
	const week: WorkingHours = [day, day, day, day, day, saturday, []];
	if (day.length === 0 || !areWorkingHours(week)) return undefined;
	return areSame(week, USUAL_HOURS) ? null : week;
}

/** The answers behind a week; null where it is of another shape and belongs to the page of the site. */
export function hoursOfWeek(stored: WorkingHours | null): OfficeHours | null {
	const week = stored ?? USUAL_HOURS;
	const [first = ['', ''], second = ['', '']] = week[0];
	// A single stretch that begins after noon is an afternoon.
	const [morning, afternoon] = week[0].length === 1 && first[0] >= '12:00' ? [['', ''], first] : [first, second];
	const asked = {
		morningFrom: morning[0],
		morningTo: morning[1],
		afternoonFrom: afternoon[0],
		afternoonTo: afternoon[1],
		saturday: week[5].length > 0
	};
	const again = weekOfHours(asked);
	return again !== undefined && areSame(again ?? USUAL_HOURS, week) ? asked : null;
}

const areSame = (a: WorkingHours, b: WorkingHours) => JSON.stringify(a) === JSON.stringify(b);

/** The next `count` numbers after the greatest that is there: counters are numbered through the whole ward. */
export function nextNumbers(taken: readonly string[], count: number): string[] {
	const last = Math.max(0, ...taken.map((number) => (/^\d{1,4}$/.test(number) ? Number(number) : 0)));
	return Array.from({ length: count }, (_, i) => String(last + 1 + i));
}

/** Whether the name of a counter already says that it serves a field: 'Chứng thực, hộ tịch' serves both, 'Xây dựng' also the longer one. */
export function namesField(counterName: string, fieldName: string): boolean {
	const counter = searchKey(counterName);
	const field = searchKey(fieldName);
	if (counter.includes(field)) return true;
	const parts = (text: string) => text.split(/,| va |–|-/).map((part) => part.trim());
	return parts(counter).some(
		(part) => part.length > 2 && (parts(field).includes(part) || (part.includes(' ') && field.includes(part)))
	);
}

/** Two letters for a field that somebody has named: the first letters of its first words, with a number where they are taken. */
export function codeFor(name: string, taken: readonly string[]): string {
	const letters = searchKey(name)
		.split(/[^a-z0-9]+/)
		.filter(Boolean)
		.slice(0, 2)
		.map((word) => word[0].toUpperCase())
		.join('');
	const base = letters || 'LV';
	for (let n = 1; ; n++) {
		const code = n === 1 ? base : `${base}${n}`;
		if (!taken.includes(code)) return code;
	}
}
