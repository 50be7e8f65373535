import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { counterLabel } from '../../../../domain/place/counter.ts';
import { excerpt } from '../../../../domain/place/import/cell.ts';
import { columnNumber, fitsFile, SINGLE_COLUMNS, type MapDraft } from '../../../../domain/submission/import/draft.ts';
import { guessHeader, guessMap } from '../../../../domain/submission/import/guess.ts';
import { columnOf, parseMap } from '../../../../domain/submission/import/map.ts';
import type { Db } from '../../../db/db.ts';
import { answerFiles } from '../../../db/schema/survey.ts';
import type { Sheet } from '../../../place/import/sheet.ts';
import { readCounters, readFields, readOfficers, readSites } from '../../../place/reads.ts';
import { readUsableVersions } from '../../../survey/reads.ts';
import {
	draftDigest,
	draftOf,
	headingsOf,
	readAnswerPlan,
	tableOf,
	type AnswerFile,
	type AnswerPlan
} from '../reads.ts';

/** Files that were brought in before, the last first. */
const REMEMBERED_FILES = 20;

export async function readImportedFiles(db: Db, organizationId: string) {
	const rows = await db
		.select()
		.from(answerFiles)
		.where(and(eq(answerFiles.organizationId, organizationId), isNotNull(answerFiles.appliedAt)))
		.orderBy(desc(answerFiles.appliedAt))
		.limit(REMEMBERED_FILES);
	return rows.map(({ fileName, appliedAt, mapping }) => ({
		fileName,
		appliedAt: appliedAt!,
		draft: draftOf({ mapping })
	}));
}

/** The map to begin with: that of the last file with the same columns, so that its source is the same; else a guess. */
export async function suggestDraft(
	db: Db,
	organization: { id: string; versionId: string },
	table: Sheet,
	wish: { header?: boolean; versionId?: string } = {}
): Promise<MapDraft> {
	const header = wish.header ?? guessHeader(table.rows[0]?.cells ?? []);
	const headings = headingsOf(table, header);
	const versions = await readUsableVersions(db, organization.id, true);
	if (wish.versionId === undefined) {
		const before = (await readImportedFiles(db, organization.id)).find(
			({ draft }) => header && fitsFile(draft, headings) && versions.some(({ id }) => id === draft.version)
		);
		if (before) return { ...before.draft, header: true, separator: table.separator };
	}
	const wanted = wish.versionId ?? organization.versionId;
	const version = versions.find(({ id }) => id === wanted) ?? versions[0];
	const rows = table.rows.slice(header ? 1 : 0).map(({ cells }) => cells);
	return { ...guessMap(version, headings, rows), header, separator: table.separator };
}

/** A kept file as the page shows it: how it is read, its columns, and what bringing it in would do. */
export async function readAnswerLook(
	db: Db,
	organization: { id: string; versionId: string },
	file: AnswerFile,
	now: number
) {
	const draft = draftOf(file);
	const table = tableOf(file, draft.separator);
	const header = draft.header ?? true;
	const headings = headingsOf(table, header);
	const rows = table.rows.slice(header ? 1 : 0);
	const versions = await readUsableVersions(db, organization.id, true);
	const version = versions.find(({ id }) => id === (draft.version ?? organization.versionId)) ?? versions[0];
	const map = parseMap(file.mapping);
	const request = { organization, table, now };
	const plan = map.ok ? await readAnswerPlan(db, { ...request, map: map.value }) : null;
	return {
		id: file.id,
		fileName: file.fileName,
		seen: draftDigest(file),
		encoding: table.encoding,
		separator: table.separator,
		header,
		total: rows.length,
		draft,
		versions: versions.map(({ id, title }) => ({ id, title: title.vi })),
		version: {
			id: version.id,
			items: version.items.map(({ id, criterion, text }) => ({ id, criterion, text: text.vi }))
		},
		columns: headings.map((heading, i) => ({
			heading: excerpt(heading),
			example: excerpt(rows.find(({ cells }) => (cells[i] ?? '').trim() !== '')?.cells[i] ?? '')
		})),
		chosen: chosenColumns(draft, headings),
		/** What the map lacks before anything can be read by it. */
		missing: map.ok ? [] : (map.faults ?? []).map(({ place }) => place),
		unfit: plan && !plan.ok ? (plan.mapProblems ?? []) : [],
		plan: plan?.ok ? await shownPlan(db, organization.id, plan.value, headings) : null
	};
}

/** The number of the column that each question of the form has, '' where it has none. */
function chosenColumns(draft: MapDraft, headings: readonly string[]): Record<string, string> {
	const chosen: Record<string, string> = {
		id: columnNumber(headings, draft.id),
		date: columnNumber(headings, draft.date.column),
		reasons: columnNumber(headings, draft.reasons?.column)
	};
	for (const column of SINGLE_COLUMNS) chosen[column] = columnNumber(headings, draft[column]);
	for (const [itemId, item] of Object.entries(draft.items))
		chosen[`item-${itemId}`] = columnNumber(headings, columnOf(item));
	return chosen;
}

async function shownPlan(db: Db, organizationId: string, plan: AnswerPlan, headings: readonly string[]) {
	const [sites, counters, fields, officers] = await Promise.all([
		readSites(db, organizationId),
		readCounters(db, organizationId),
		readFields(db, organizationId),
		readOfficers(db, organizationId)
	]);
	const names = new Map<string, string>([...sites, ...fields, ...officers].map(({ id, name }) => [id, name]));
	for (const counter of counters) names.set(counter.id, counterLabel(counter));
	const nameOf = (id: string) => (id === '' ? '' : (names.get(id) ?? ''));
	const { map, counts, total, problems, problemCount, values, first } = plan;
	return {
		channel: map.channel,
		counts,
		total,
		problems: problems.map((problem) => ({
			...problem,
			heading: problem.column === null ? '' : excerpt(headings[problem.column] ?? '')
		})),
		problemCount,
		values,
		first: first.map(({ row, sourceId, at, place, answers, comment }) => ({
			row,
			sourceId: excerpt(sourceId),
			at,
			place: nameOf(place.counterId) || nameOf(place.siteId),
			field: nameOf(place.fieldId),
			officer: nameOf(place.officerId),
			answers,
			comment: comment === null ? '' : excerpt(comment)
		}))
	};
}
