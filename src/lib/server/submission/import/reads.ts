import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { and, eq } from 'drizzle-orm';
import { ANSWER_LIMITS, type Separator, type SheetRefusal } from '../../../domain/place/import/separator.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { AnswerReader, type ForeignSheet } from '../../../domain/submission/import/check.ts';
import { prepareMap, type MapProblem, type PreparedMap } from '../../../domain/submission/import/columns.ts';
import type { MapDraft } from '../../../domain/submission/import/draft.ts';
import type { AnswerMap } from '../../../domain/submission/import/map.ts';
import type { QuestionnaireVersion } from '../../../domain/survey/questionnaire.ts';
import { find } from '../../db/bulk.ts';
import type { Db } from '../../db/db.ts';
import { answerFiles } from '../../db/schema/survey.ts';
import { sheets } from '../../db/schema/submission.ts';
import { turnOfTheLoop } from '../../db/turn.ts';
import { readSheet, type Sheet } from '../../place/import/sheet.ts';
import { readCounters, readFields, readOfficers, readSites } from '../../place/reads.ts';
import { readUsableVersions } from '../../survey/reads.ts';
import { checkDirect, type CheckedDirect } from '../direct/check.ts';

/** A file of answers of somebody's own; nobody else has any business with it. */
export async function readAnswerFile(
	db: Db,
	{ organizationId, userId, id }: Record<'organizationId' | 'userId' | 'id', string>
) {
	const own = and(
		eq(answerFiles.id, id),
		eq(answerFiles.organizationId, organizationId),
		eq(answerFiles.userId, userId)
	);
	const [file] = await db.select().from(answerFiles).where(own);
	return file ?? null;
}
export type AnswerFile = typeof answerFiles.$inferSelect;

/** The file once more, word for word as it came; it was readable when it was kept. */
export function tableOf({ content }: Pick<AnswerFile, 'content'>, separator?: Separator): Sheet {
	const table = readAnswerTable(gunzipSync(Buffer.from(content, 'base64')), separator);
	if (!table.ok) throw new Error(`A file that cannot be read was kept: ${table.reason}`);
	return table.value;
}

export function readAnswerTable(bytes: Uint8Array, separator?: Separator): Outcome<Sheet, SheetRefusal> {
	return readSheet(bytes, separator, ANSWER_LIMITS);
}

/** What heads the columns: the first row, or nothing where the file says that it names none. */
export function headingsOf({ rows }: Sheet, header: boolean): string[] {
	const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
	return Array.from({ length: width }, (_, i) => (header ? (rows[0]?.cells[i] ?? '') : ''));
}

/** The map of a kept file as it stands. */
export function draftOf({ mapping }: Pick<AnswerFile, 'mapping'>): MapDraft {
	return mapping === '' ? { date: {}, items: {} } : (JSON.parse(mapping) as MapDraft);
}

export function draftDigest({ mapping }: Pick<AnswerFile, 'mapping'>): string {
	return createHash('sha256').update(mapping).digest('hex').slice(0, 16);
}

/** What bringing in a file would do, as things stand. */
export interface AnswerPlan {
	map: AnswerMap;
	version: QuestionnaireVersion;
	/** Rows of data. */
	total: number;
	/** `differs`: stored before, with other content; what is stored stays. `empty`: answers nothing. */
	counts: Record<'new' | 'known' | 'differs' | 'empty' | 'wrong', number>;
	/** The first of them; `problemCount` are all. */
	problems: AnswerReader['problems'];
	problemCount: number;
	values: AnswerReader['values'];
	first: ForeignSheet[];
	/** What would be stored, checked as every sheet is. */
	sheets: CheckedDirect[];
}

const FIRST_ROWS = 10;
/** Rows between two turns of the loop, so that nobody else waits for a long file. */
const ROWS_A_TURN = 2000;

/** Reads a whole file against what stands; nothing is written. */
export async function readAnswerPlan(
	db: Db,
	{
		organization,
		table,
		map,
		now
	}: {
		organization: { id: string; versionId: string };
		table: Sheet;
		map: AnswerMap;
		now: number;
	}
): Promise<Outcome<AnswerPlan, 'version-unknown' | 'map-unfit'> & { mapProblems?: MapProblem[] }> {
	const versionId = map.version ?? organization.versionId;
	const version = (await readUsableVersions(db, organization.id, true)).find(({ id }) => id === versionId);
	if (!version) return { ok: false, reason: 'version-unknown' };
	const { prepared, problems: mapProblems } = prepareMap(map, version, headingsOf(table, map.header));
	if (!prepared) return { ok: false, reason: 'map-unfit', mapProblems };

	const [sites, counters, fields, officers] = await Promise.all([
		readSites(db, organization.id),
		readCounters(db, organization.id),
		readFields(db, organization.id),
		readOfficers(db, organization.id)
	]);
	const reader = new AnswerReader(prepared, { sites, counters, fields, officers }, localDay(now));
	const rows = table.rows.slice(map.header ? 1 : 0);
	const first: ForeignSheet[] = [];
	const checked: CheckedDirect[] = [];
	for (const [i, { row, cells }] of rows.entries()) {
		if (i % ROWS_A_TURN === ROWS_A_TURN - 1) await turnOfTheLoop();
		if (table.unclosed !== null && row >= table.unclosed) {
			reader.refuse(table.unclosed, 'quotes');
			break;
		}
		const sheet = reader.read(row, cells);
		if (sheet === null) continue;
		if (first.length < FIRST_ROWS) first.push(sheet);
		checked.push(checkedSheet(organization.id, prepared, sheet));
	}
	const stored = await readStored(db, checked);
	return {
		ok: true,
		value: {
			map,
			version,
			total: rows.length,
			counts: { ...stored, empty: reader.emptyRows, wrong: reader.wrongRows },
			problems: reader.problems,
			problemCount: reader.problemCount,
			values: reader.values,
			first,
			sheets: checked
		}
	};
}

/** What the reader let through has the form of a sheet; that it has is checked once more by the one check there is. */
function checkedSheet(organizationId: string, { map, version }: PreparedMap, sheet: ForeignSheet): CheckedDirect {
	const { sourceId, row, ...content } = sheet;
	const checked = checkDirect({
		...content,
		id: sheetIdOf(organizationId, map.source, sourceId),
		organizationId,
		channel: map.channel,
		versionId: version.id,
		locale: map.locale,
		bands: '',
		flags: [],
		ticketHash: null
	});
	if (!checked.ok) throw new Error(`Row ${row} was read as a sheet that is none: ${checked.reason}`);
	return checked.value;
}

/**
 * The id of a sheet from elsewhere, always the same for the same id of the same source: 122 bits of SHA-256, as a UUID of version 8
 * (RFC 9562, made in a way of one's own). Each part has its length before it, so that no two are written as one.
 */
export function sheetIdOf(organizationId: string, source: string, sourceId: string): string {
	const text = [organizationId, source, sourceId].map((part) => `${part.length}:${part}`).join('');
	const bytes = createHash('sha256').update(text, 'utf8').digest().subarray(0, 16);
	bytes[6] = (bytes[6] & 0x0f) | 0x80;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Of all, how many are new, how many stand already, and how many stand with other content. */
async function readStored(db: Db, checked: readonly CheckedDirect[]) {
	const counts = { new: 0, known: 0, differs: 0 };
	for (let from = 0; from < checked.length; from += ROWS_A_TURN) {
		const part = checked.slice(from, from + ROWS_A_TURN);
		const ids = part.map(({ arrival: { organizationId, storedId: id } }) => ({ organizationId, id }));
		const digests = new Map((await find(db, sheets, ['organizationId', 'id'], ids)).map((row) => [row.id, row.digest]));
		for (const { arrival } of part) {
			const digest = digests.get(arrival.storedId);
			if (digest === undefined) counts.new++;
			else if (digest === arrival.digest) counts.known++;
			else counts.differs++;
		}
		await turnOfTheLoop();
	}
	return counts;
}
