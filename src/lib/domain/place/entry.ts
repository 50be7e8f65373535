import * as v from 'valibot';
import { isShortId } from '../shared/id.ts';
import { clean } from '../shared/text.ts';

/** What may be typed about places and people, in a form or a file. A failed check's message is a code that screens have a sentence for. */

/** One line of text as it is stored. */
export const line = (longest: number) =>
	v.pipe(
		v.string(),
		v.transform((text) => clean(text).replace(/\s+/g, ' ')),
		v.maxLength(longest, 'too-long')
	);
export const needed = (longest: number) => v.pipe(line(longest), v.minLength(1, 'required'));

/** The id that a page gave to something new, so that its form sent twice adds one. */
export const freshId = v.pipe(v.string(), v.check(isShortId, 'form-stale'));

export const siteEntry = v.object({
	name: needed(120),
	kind: v.picklist(['main', 'satellite', 'home'], 'required'),
	address: line(200)
});

export const counterEntry = v.object({
	/** '5', '5A', '12'. */
	number: v.pipe(needed(8), v.regex(/^[\p{L}\p{N}.-]+$/u, 'number')),
	name: line(120)
});

export const fieldEntry = v.object({
	code: v.pipe(
		needed(12),
		v.transform((code) => code.toLocaleUpperCase('vi')),
		v.regex(/^[\p{L}\p{N}.-]+$/u, 'code')
	),
	name: needed(120),
	nameEn: line(120)
});

export const officerEntry = v.object({
	name: v.pipe(needed(80), v.regex(/\p{L}/u, 'name')),
	code: line(24),
	title: line(80),
	state: v.picklist(['active', 'away'], 'required')
});

export const organizationEntry = v.object({
	name: needed(120),
	/** '90', '87,5', '87.25' percent; hundredths come out. */
	target: v.pipe(
		v.string(),
		v.regex(/^\d{1,3}([.,]\d{1,2})?$/, 'target'),
		v.transform((text) => Math.round(Number(text.replace(',', '.')) * 100)),
		v.minValue(5000, 'target'),
		v.maxValue(10_000, 'target')
	)
});
