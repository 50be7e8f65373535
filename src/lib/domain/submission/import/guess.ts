import { CRITERIA, CRITERION_NAMES } from '../../survey/criterion.ts';
import type { Item, QuestionnaireVersion } from '../../survey/questionnaire.ts';
import { headingKey } from './columns.ts';
import { columnName, SINGLE_COLUMNS, type MapDraft } from './draft.ts';
import { DATE_FORMATS, readMoment, type DateFormat } from './moment.ts';
import { cellKey, FIVE_POINTS, isAnswer, MOST_POINTS, pointReader } from './points.ts';

/** How people and programs head the columns, as search keys. */
const HEADINGS = {
	id: [
		...['ma phieu', 'so phieu', 'ma tra loi', 'ma', 'ma so', 'ma khao sat', 'stt', 'so thu tu', 'id', '_id', '_uuid'],
		...[
			'response id',
			'responseid',
			'sheet id',
			'form number',
			'serial',
			'serial number',
			'respondent id',
			'uuid',
			'no'
		]
	],
	date: [
		...['ngay', 'ngay tra loi', 'ngay danh gia', 'ngay khao sat', 'ngay gui', 'ngay nop', 'ngay lap', 'ngay nhap'],
		...['thoi gian', 'thoi gian gui', 'thoi diem', 'dau thoi gian', 'date', 'timestamp', 'submitdate', 'datestamp'],
		...['date submitted', 'submitted at', 'created at', '_submission_time', 'time', 'day']
	],
	site: ['dia diem', 'diem', 'co so', 'tru so', 'diem tiep nhan', 'site', 'location', 'branch'],
	counter: ['quay', 'so quay', 'ten quay', 'quay so', 'quay giao dich', 'counter', 'counter number', 'desk'],
	field: ['linh vuc', 'ma linh vuc', 'nhom thu tuc', 'linh vuc thu tuc', 'field', 'service'],
	officer: [
		...['cong chuc', 'can bo', 'ma cong chuc', 'nguoi phuc vu', 'cong chuc tiep nhan', 'can bo tiep nhan'],
		...['nhan vien', 'ho ten cong chuc', 'officer', 'staff', 'employee']
	],
	reasons: ['ly do', 'ly do khong hai long', 'ly do chua hai long', 'nguyen nhan', 'reason', 'reasons'],
	comment: [
		...['gop y', 'y kien', 'y kien khac', 'y kien gop y', 'nhan xet', 'ghi chu', 'kien nghi', 'phan anh'],
		...['comment', 'comments', 'feedback', 'remarks', 'suggestion', 'suggestions']
	]
} as const satisfies Record<string, readonly string[]>;

/** Rows that a guess looks at. */
const LOOKED_AT = 2000;
/** How many of the cells of a column must be answers, so that it may be a question without a telling name. */
const MOSTLY = 0.9;

/** Whether the first row names the columns: no day stands in it, and not only figures. */
export function guessHeader(first: readonly string[]): boolean {
	const cells = first.map((cell) => cell.trim()).filter((cell) => cell !== '');
	return !cells.some((cell) => /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}/.test(cell)) && cells.some((cell) => /\D/.test(cell));
}

/**
 * A map as the headings and the first rows suggest it. It is only ever shown: a person looks at it, and nothing is stored by a guess.
 * The source is left to them.
 */
export function guessMap(
	version: QuestionnaireVersion,
	headings: readonly string[],
	rows: readonly (readonly string[])[]
): MapDraft {
	const looked = rows.slice(0, LOOKED_AT);
	const keys = headings.map(headingKey);
	const taken = new Set<number>();
	const take = (place: number) => {
		if (place < 0) return undefined;
		taken.add(place);
		return columnName(headings, place);
	};
	const named = (words: readonly string[]) => take(bestNamed(keys, words, taken));

	const id = named(HEADINGS.id) ?? take(firstUnique(looked, headings.length));
	const datePlace = bestNamed(keys, HEADINGS.date, taken);
	const draft: MapDraft = {
		version: version.id,
		id,
		date: { column: take(datePlace), format: guessFormat(looked.map((cells) => cells[datePlace] ?? '')) },
		items: {}
	};
	for (const column of SINGLE_COLUMNS) draft[column] = named(HEADINGS[column]);
	const reasons = named(HEADINGS.reasons);
	if (reasons !== undefined) draft.reasons = { column: reasons };
	const places = itemPlaces(version, keys, looked, taken);
	for (const [itemId, place] of places) draft.items[itemId] = columnName(headings, place);
	draft.scale = guessScale(looked, [...places.values()]);
	return draft;
}

/** The column of the first of these words that heads one; words that several columns bear say nothing. */
function bestNamed(keys: readonly string[], words: readonly string[], taken: ReadonlySet<number>): number {
	for (const word of words) {
		const found = keys.flatMap((key, i) => (key === word && !taken.has(i) ? i : []));
		if (found.length === 1) return found[0];
	}
	return -1;
}

/** The first column in which every cell is another: it may number the sheets. */
function firstUnique(rows: readonly (readonly string[])[], width: number): number {
	if (rows.length < 10) return -1;
	for (let place = 0; place < width; place++) {
		const cells = rows.map((cells) => cells[place]?.trim() ?? '');
		if (!cells.includes('') && new Set(cells).size === cells.length) return place;
	}
	return -1;
}

/** The first format in which all these days can be read; a day before its month comes first, as it is written in Việt Nam. */
function guessFormat(cells: readonly string[]): DateFormat {
	const written = cells.filter((cell) => cell.trim() !== '');
	if (written.length === 0) return 'd/M/y';
	const order: DateFormat[] = ['d/M/y', 'y-M-d', 'iso', 'M/d/y', 'excel'];
	const readable = (format: DateFormat) => written.filter((cell) => readMoment(cell, format) !== null).length;
	const best = Math.max(...DATE_FORMATS.map(readable));
	return order.find((format) => readable(format) === best) ?? 'd/M/y';
}

/** The column of each item: by its name, its number, its words; else, where just as many columns hold answers, one after the other. */
function itemPlaces(
	version: QuestionnaireVersion,
	keys: readonly string[],
	rows: readonly (readonly string[])[],
	taken: ReadonlySet<number>
): Map<string, number> {
	const places = new Map<string, number>();
	const used = new Set(taken);
	for (const names of [namesOfItem, wordsOfItem, numberOfItem]) {
		for (const [i, item] of version.items.entries()) {
			if (places.has(item.id)) continue;
			const fits = names(item, i, version);
			const found = keys.flatMap((key, place) => (key !== '' && !used.has(place) && fits(key) ? place : []));
			if (found.length !== 1) continue;
			places.set(item.id, found[0]);
			used.add(found[0]);
		}
	}
	if (places.size > 0) return places;
	const read = pointReader({ ...FIVE_POINTS, from: 0, to: MOST_POINTS }, []);
	const holds = keys.flatMap((_, place) => {
		const cells = rows.map((cells) => read(cells[place] ?? '')).filter((reading) => reading !== 'blank');
		const answers = cells.filter(isAnswer).length;
		return !used.has(place) && answers > 0 && answers >= MOSTLY * cells.length ? place : [];
	});
	if (holds.length === version.items.length)
		for (const [i, { id }] of version.items.entries()) places.set(id, holds[i]);
	return places;
}

type Fits = (key: string) => boolean;

/** 'TC1', and 'TC1. Có chỗ ngồi' or 'TC1[1]' as survey programs write it. */
function namesOfItem({ id }: Item): Fits {
	const name = headingKey(id);
	return (key) => key === name || (key.startsWith(name) && /^[\s.[(_-]/.test(key.slice(name.length)));
}

/** The question itself, in any language, or its criterion's name where no other item is of it. */
function wordsOfItem({ criterion, text }: Item, _: number, { items }: QuestionnaireVersion): Fits {
	const alone = criterion !== null && items.filter((item) => item.criterion === criterion).length === 1;
	const own = alone
		? [...Object.values(CRITERION_NAMES[criterion]), `tieu chi ${CRITERIA.indexOf(criterion) + 1}`]
		: [];
	const words = new Set([...Object.values(text), ...own].filter((words) => words !== undefined).map(headingKey));
	return (key) => words.has(key);
}

/** 'Câu 3', 'C3', 'Q03', '3'; with the question's words behind it too. */
function numberOfItem(_: Item, i: number): Fits {
	const number = new RegExp(`^(?:cau hoi|cau|c|q|question|item|tieu chi)? ?0?${i + 1}(?:[.)\\s[_-].*)?$`);
	return (key) => number.test(key);
}

/** How many of the figures a scale must hold; the few others are slips, and are shown as such. */
const NEARLY_ALL = 0.95;

/** From the figures in the columns of the items; words have no need of it. */
function guessScale(rows: readonly (readonly string[])[], places: readonly number[]): { from: number; to: number } {
	const figures = rows
		.flatMap((cells) => places.map((place) => cellKey(cells[place] ?? '')))
		.flatMap((key) => (/^-?\d{1,2}$/.test(key) ? Number(key) : []));
	if (figures.length === 0) return { from: 1, to: 5 };
	const holds = (fits: (figure: number) => boolean) => figures.filter(fits).length >= NEARLY_ALL * figures.length;
	const from = [1, 0].find((lowest) => holds((figure) => figure >= lowest)) ?? Math.min(...figures);
	const usual = from === 1 ? [5, 6, 7, 10] : [from + 1, from + 4, from + MOST_POINTS - 1];
	return { from, to: usual.find((to) => holds((figure) => figure <= to)) ?? from + MOST_POINTS - 1 };
}
