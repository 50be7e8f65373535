import * as v from 'valibot';
import { clean } from '../shared/text.ts';
import type { Outcome } from '../shared/outcome.ts';
import { OUTCOME_NOT_SERVED, type QuestionnaireVersion } from '../survey/questionnaire.ts';
import { COMMENT_CHARACTERS, sheetSchema, type Sheet } from './sheet.ts';

/** Why one sheet goes to quarantine instead of into the counts; each has a sentence for the staff in terminals/app/staff-words.ts. */
export type SheetProblem =
	| 'sheet-malformed'
	| 'id-malformed'
	| 'sequence-malformed'
	| 'value-invalid'
	| 'clock-malformed'
	| 'version-unknown'
	| 'item-unknown'
	| 'item-repeated'
	| 'answers-empty'
	| 'reason-unknown'
	| 'comment-too-long'
	| 'replaces-itself'
	| 'field-unknown'
	| 'duty-foreign'
	| 'id-taken'
	| 'sequence-forked';

/** A sheet whose form is right, with its answers packed in the order of its version's items. */
export interface CheckedSheet extends Sheet {
	/** One character an item: 1..5, 0 not applicable, - not asked. */
	packed: string;
}

/** Which problem a malformed place of the sheet is. */
const PROBLEM_OF: Record<string, SheetProblem> = {
	id: 'id-malformed',
	sequence: 'sequence-malformed',
	answeredAt: 'clock-malformed',
	comment: 'comment-too-long'
};

/** Everything about a sheet that can be judged without a database. */
export function checkSheet(
	body: unknown,
	findVersion: (id: string) => QuestionnaireVersion | undefined
): Outcome<CheckedSheet, SheetProblem> {
	const parsed = v.safeParse(sheetSchema, body, { abortEarly: true });
	if (!parsed.success) {
		const path = parsed.issues[0].path?.map(({ key }) => String(key)) ?? [];
		if (path[0] === 'answers' && path[2] === 'value') return refuse('value-invalid');
		return refuse(
			isText(body, path[0]) || path[0] !== 'comment' ? (PROBLEM_OF[path[0]] ?? 'sheet-malformed') : 'sheet-malformed'
		);
	}
	const sheet = parsed.output;
	if (Number.isNaN(Date.parse(sheet.answeredAt))) return refuse('clock-malformed');
	if (sheet.replaces === sheet.id) return refuse('replaces-itself');

	const version = findVersion(sheet.versionId);
	if (!version) return refuse('version-unknown');
	const packed = pack(sheet, version);
	if (!packed.ok) return packed;

	const isKnown = (reason: string) =>
		reason === OUTCOME_NOT_SERVED || version.reasons.some(({ code }) => code === reason);
	if (!sheet.reasons.every(isKnown)) return refuse('reason-unknown');
	if (sheet.answers.every(({ value }) => value === null) && !sheet.reasons.includes(OUTCOME_NOT_SERVED)) {
		return refuse('answers-empty');
	}
	const comment = sheet.comment === null ? null : clean(sheet.comment);
	if (comment !== null && comment.length > COMMENT_CHARACTERS) return refuse('comment-too-long');
	return { ok: true, value: { ...sheet, comment: comment || null, packed: packed.value } };
}

function pack(sheet: Sheet, version: QuestionnaireVersion): Outcome<string, SheetProblem> {
	const packed: string[] = version.items.map(() => '-');
	for (const { itemId, value } of sheet.answers) {
		const place = version.items.findIndex(({ id }) => id === itemId);
		if (place < 0) return refuse('item-unknown');
		if (packed[place] !== '-') return refuse('item-repeated');
		packed[place] = String(value ?? 0);
	}
	return { ok: true, value: packed.join('') };
}

/**
 * The text whose digest tells a resent sheet from another sheet under the same id; independent of the order of keys. The time and
 * the running number are left out: the digest stays with the sheet, and whoever tries every second of the day would find them again
 * after the ledger has forgotten them.
 */
export function canonicalContent(sheet: Sheet): string {
	const { id, versionId, dutyId, fieldId, locale, reasons, comment, replaces } = sheet;
	const answers = sheet.answers.map(({ itemId, value }) => [itemId, value]);
	return JSON.stringify([id, versionId, dutyId, fieldId, locale, answers, reasons, comment, replaces]);
}

const isText = (body: unknown, key: string | undefined) =>
	typeof (body as Record<string, unknown> | null)?.[key ?? ''] === 'string';

function refuse(reason: SheetProblem) {
	return { ok: false, reason } as const;
}
