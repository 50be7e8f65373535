import * as v from 'valibot';
import { isShortId } from '../shared/id.ts';
import { clean } from '../shared/text.ts';
import { addDays } from '../shared/time.ts';

/**
 * What somebody asks the centre to do (phản ánh, kiến nghị). Unlike an answer it names its sender: without name, address and phone
 * nobody has to answer it (Decree 20/2008), so all of them are asked for, of whoever chooses to send one.
 */
export interface CitizenRequest {
	name: string;
	address: string;
	phone: string;
	text: string;
}

export const LONGEST_REQUEST = 2000;
/** How long a request is kept after somebody has dealt with it: long enough to look up what was answered, in days. */
const KEPT_DAYS = 180;

/** The first day on which a request that was dealt with on `day` is no longer kept. */
export const forgottenOn = (day: string): string => addDays(day, KEPT_DAYS);
/** The last of the days whose requests are, by `today`, no longer kept. */
export const lastForgotten = (today: string): string => addDays(today, -KEPT_DAYS);

const line = (longest: number) =>
	v.pipe(
		v.string(),
		v.transform((text) => clean(text).replace(/\s+/g, ' ')),
		v.minLength(1, 'required'),
		v.maxLength(longest, 'too-long')
	);

/** What the form sends. A failed check's message is a code that the page has a sentence for. */
export const requestEntry = v.object({
	/** Given to the form when it was drawn, so that it sent twice is one request. */
	id: v.pipe(v.string(), v.check(isShortId, 'form-stale')),
	name: v.pipe(line(80), v.regex(/\p{L}/u, 'name')),
	address: line(200),
	/** Typed as people write it: '0900 000 000', '+84-900.000.000'. */
	phone: v.pipe(
		line(40),
		v.transform((text) => text.replace(/[\s().-]/g, '')),
		v.regex(/^\+?\d{8,15}$/, 'phone')
	),
	text: v.pipe(v.string(), v.transform(clean), v.minLength(1, 'required'), v.maxLength(LONGEST_REQUEST, 'too-long')),
	/** Never ticked beforehand: silence is no consent (Law 91/2025). */
	consent: v.literal('yes', 'required')
});
