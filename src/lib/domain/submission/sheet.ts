import * as v from 'valibot';

/** The largest number of sheets one request may carry. */
export const SHEETS_PER_REQUEST = 500;
/** The largest request body, bytes. */
export const REQUEST_BYTES = 512 * 1024;
/** The longest comment, characters after NFC. */
export const COMMENT_CHARACTERS = 1000;

/** Codes and ids of places: printable ASCII, for PostgreSQL can hold neither a NUL nor half a surrogate pair. */
const code = v.pipe(v.string(), v.regex(/^[!-~]{1,64}$/));

/** One answer: an item of the sheet's version and a value 1..5, or null for "not applicable". */
const answerSchema = v.object({
	itemId: code,
	value: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)))
});

/**
 * One answer sheet as every channel makes it. The id is a random v4 made where the citizen tapped, so a
 * retry is the same sheet; `sequence` is the tablet's own running number from 1; `answeredAt` is a hint, ISO 8601 with offset.
 */
export const sheetSchema = v.object({
	id: v.pipe(v.string(), v.uuid(), v.toLowerCase()),
	sequence: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
	versionId: code,
	dutyId: v.nullable(code),
	fieldId: v.nullable(code),
	answeredAt: v.pipe(v.string(), v.isoTimestamp()),
	/** ISO 639: the language it was answered in. */
	locale: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
	answers: v.pipe(v.array(answerSchema), v.maxLength(100)),
	reasons: v.pipe(v.array(code), v.maxLength(20)),
	comment: v.nullable(v.pipe(v.string(), v.maxLength(4 * COMMENT_CHARACTERS))),
	replaces: v.nullable(v.pipe(v.string(), v.uuid(), v.toLowerCase()))
});
export type Sheet = v.InferOutput<typeof sheetSchema>;

/** What the server says of each sheet, in the order they came. `code` says why one was quarantined. */
export interface Receipt {
	id: string | null;
	status: 'stored' | 'duplicate' | 'quarantined';
	code?: string;
}
