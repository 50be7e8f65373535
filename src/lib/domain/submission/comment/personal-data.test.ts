import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLEAN, MISSED, NAMED, NAMELESS, PERSONAL } from './corpus.fixture.ts';
import { findPersonalData, isSure, maskParts } from './personal-data.ts';

/** 'a ⟨b⟩' is the text 'a b' with the part 'b'. */
function opened(marked: string) {
	const parts = [...marked.matchAll(/⟨([^⟩]*)⟩/g)].map(([, part]) => part);
	return { text: marked.replace(/[⟨⟩]/g, ''), parts };
}
const foundIn = (text: string, sure: boolean) =>
	findPersonalData(text)
		.filter((part) => isSure(part) === sure)
		.map(({ start, end }) => text.slice(start, end));

/** How many of the marked parts are found whole, and what is found beside them. */
function measure(corpus: readonly string[], sure: boolean) {
	let marked = 0;
	const missed: string[] = [];
	const alarms: string[] = [];
	for (const { text, parts } of corpus.map(opened)) {
		const found = foundIn(text, sure);
		marked += parts.length;
		missed.push(...parts.filter((part) => !found.includes(part)));
		alarms.push(...found.filter((part) => !parts.includes(part)));
	}
	return { marked, missed, alarms };
}

test('numbers, codes and addresses of people are found whole, and figures of other kinds are not', () => {
	const personal = measure(PERSONAL, true);
	const known = measure(MISSED, true);
	const clean = measure(CLEAN, true);
	const all = personal.marked + known.marked;
	const recall = (all - personal.missed.length - known.missed.length) / all;
	console.log(
		`personal data: ${all} parts, recall ${(100 * recall).toFixed(1)} %; ` +
			`${personal.alarms.length + clean.alarms.length} false alarms in ${PERSONAL.length + CLEAN.length} comments`
	);
	expect(personal).toEqual({ marked: personal.marked, missed: [], alarms: [] });
	expect(clean.alarms).toEqual([]);
});

test('names are suggested and streets are not, and an officer’s name is known without a title', () => {
	expect(measure(NAMED, false)).toMatchObject({ missed: [], alarms: [] });
	expect(measure(NAMELESS, false).alarms).toEqual([]);
	const text = 'Thị Minh làm nhanh, minh bạch';
	expect(findPersonalData(text, ['Đàm Thị Minh']).map(({ start, end }) => text.slice(start, end))).toEqual([
		'Thị Minh'
	]);
});

test('what is masked holds none of it any more, and the words around it stay', () => {
	const { text } = opened(PERSONAL[13]);
	const masked = maskParts(text, findPersonalData(text));
	expect(masked).toBe('Hai số [số điện thoại] hoặc [số điện thoại] đều được');
	for (const each of PERSONAL) {
		const plain = opened(each).text;
		expect(foundIn(maskParts(plain, findPersonalData(plain).filter(isSure)), true)).toEqual([]);
	}
});

test('parts lie in order within any text, and a long one takes no time', () => {
	const piece = fc.constantFrom(
		'0912345678',
		' ',
		'.',
		'-',
		'stk ',
		'hồ sơ ',
		'079203001234',
		'Nguyễn ',
		'a@b.vn',
		'5',
		'\n'
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
			const text = pieces.join('');
			let from = 0;
			for (const { start, end } of findPersonalData(text)) {
				expect(start).toBeGreaterThanOrEqual(from);
				expect(end).toBeGreaterThan(start);
				from = end;
			}
			expect(from).toBeLessThanOrEqual(text.length);
		}),
		{ numRuns: 300, seed: 46 }
	);
	for (const each of ['0', '1 ', 'a.', 'stk a ', 'hồ sơ -', '(at)', 'Nguyễn ']) {
		const started = performance.now();
		findPersonalData(each.repeat(2000 / each.length));
		expect(performance.now() - started).toBeLessThan(250);
	}
});
