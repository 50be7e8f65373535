import { addDays, HOUR_MS, localDay, MINUTE_MS } from '../shared/time.ts';
import { LOW_SCORE } from '../survey/scale.ts';
import type { Finding } from './findings.ts';
import { K, K_OFFICER } from './secrecy.ts';
import { weekOf } from './week.ts';

/** What a leader is told of without asking: many dissatisfied at once, or a criterion that fell; a silent tablet is the device's. */
export const ALERT_KINDS = ['bad-spell', 'criterion-falling'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** What may be said: no count of a spell, no officer; of a fall what the tables show anyway. */
export type AlertDetail =
	| { kind: 'bad-spell'; place: 'counter' | 'site'; from: number; until: number }
	| { kind: 'criterion-falling'; place: 'counter' | 'organization'; week: string; falls: Omit<Finding, 'key'>[] };

/** A spell is a quarter of an hour by the clock, half-open. Such stretches never overlap, so no two tell of one citizen. */
export interface Spell {
	from: number;
	until: number;
}

const SPELL_MS = 15 * MINUTE_MS;
/** Time for sheets that are on their way. */
const ARRIVAL_MS = MINUTE_MS;
/** What nobody has seen by then is over. */
const LONGEST_MS = 2 * HOUR_MS;
/** A spell is bad from here on: half of the sheets. */
const BAD_SHARE = 0.5;

/** The last quarter of an hour that is over and has arrived. */
export function lastSpell(now: number): Spell {
	const until = Math.floor((now - ARRIVAL_MS) / SPELL_MS) * SPELL_MS;
	return { from: until - SPELL_MS, until };
}

/** The Monday of the last week that is over. */
export const lastWeek = (now: number) => addDays(weekOf(localDay(now)), -7);

/** A sheet of a spell: where it was given, to whom, and what it says, one character an item. */
export interface SpellSheet {
	siteId: string;
	counterId: string;
	officerId: string;
	answers: string;
}

/** A place with enough answers in a spell to say something of it. */
export interface SpellPlace {
	place: 'counter' | 'site';
	id: string;
	bad: boolean;
}

/**
 * What a spell says of each place. Counters with enough sheets speak for themselves, and the others of a site together: so every
 * citizen is in one statement only, and none can be told from another. Enough are five; ten where they may all be one officer's,
 * who is named by the roster if not by us. A sheet is dissatisfied when any of its answers is 1 or 2.
 */
export function judgeSpell(sheets: readonly SpellSheet[]): SpellPlace[] {
	const answered = sheets.filter(({ answers }) => /[1-5]/.test(answers));
	return [...Map.groupBy(answered, ({ siteId }) => siteId)].flatMap(([siteId, ofSite]) => {
		const counters = [...Map.groupBy(ofSite, ({ counterId }) => counterId)];
		const own = counters.filter(([, of]) => isEnough(of));
		const rest = counters.filter(([, of]) => !isEnough(of)).flatMap(([, of]) => of);
		const places: SpellPlace[] = own.map(([id, of]) => ({ place: 'counter', id, bad: isBad(of) }));
		return isEnough(rest) ? [...places, { place: 'site', id: siteId, bad: isBad(rest) }] : places;
	});
}

/** Whether an alert about a spell is over: its place has had a better one since, or nobody has been there for long. */
export function isSpellOver(openedAt: number, id: string, places: readonly SpellPlace[], now: number): boolean {
	return now - openedAt >= LONGEST_MS || places.some((place) => place.id === id && !place.bad);
}

function isEnough(sheets: readonly SpellSheet[]): boolean {
	const officers = new Set(sheets.map(({ officerId }) => officerId).filter((id) => id !== ''));
	return sheets.length >= (officers.size > 1 ? K : K_OFFICER);
}

function isBad(sheets: readonly SpellSheet[]): boolean {
	return sheets.filter(isDissatisfied).length >= BAD_SHARE * sheets.length;
}

const isDissatisfied = ({ answers }: SpellSheet) =>
	[...answers].some((answer) => answer >= '1' && answer <= String(LOW_SCORE));

/** The falls among what changed, by place; key null is everything together. */
export function fallsOf(findings: readonly Finding[]): Map<string | null, Omit<Finding, 'key'>[]> {
	const falls = new Map<string | null, Omit<Finding, 'key'>[]>();
	for (const { key, ...fall } of findings) if (fall.points < 0) falls.set(key, [...(falls.get(key) ?? []), fall]);
	return falls;
}
