import { describe, expect, test } from 'vitest';
import { SCORE_WORDS } from '../../../domain/survey/scale.ts';
import { LIMITS } from '../../../domain/survey/publishing.ts';
import { draftOfLss } from '../../../domain/survey/limesurvey/content.ts';
import { LARGEST_LSS_BYTES, readLssSurvey } from '../../../domain/survey/limesurvey/tables.ts';
import { aLss, lssFile, type Asked } from '../../../../../tests/factories/lss.ts';
import { readLss } from './structure.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function draft(file: string) {
	const read = readLss(bytesOf(file));
	if (!read.ok) throw new Error(read.reason);
	return draftOfLss(readLssSurvey(read.value));
}

const group = (questions: readonly Asked[], vi = 'Chung', en = 'General') => [{ words: { vi, en }, questions }];
const said = (words: readonly string[]) => words.map((vi) => ({ vi }));
const SATISFIED = Object.values(SCORE_WORDS);
const asked = (code: string, type: string, more: Partial<Asked> = {}): Asked => ({
	...{ code, type, words: { vi: `Câu ${code}` } },
	...more
});
const notes = (file: string) => draft(file).remarks.map(({ code, note, left }) => `${left ? '-' : '~'}${code} ${note}`);

describe('a survey of LimeSurvey as a draft', () => {
	test('takes five points, ordered lists and arrays in the order of the screen, by the criterion of their group, in all languages', () => {
		const { name, content, remarks } = draft(
			aLss([
				{
					words: { vi: 'II. Thủ tục hành chính', en: 'Procedures' },
					questions: [
						asked('H1', 'L', { words: { vi: '<p>Thủ tục <b>rõ</b> &amp; dễ?</p>', en: 'Clear?' }, answers: SATISFIED }),
						asked('H2', '!', { answers: SATISFIED.toReversed() })
					]
				},
				{
					words: { vi: 'Sự phục vụ của công chức', en: 'Staff' },
					questions: [
						asked('P', 'F', {
							answers: said([
								...['1. Rất không đồng ý', '2. Không đồng ý', '3. Phân vân', '4. Đồng ý', '5. Rất đồng ý'],
								'Không áp dụng'
							]),
							rows: [{ vi: 'Thái độ' }, { vi: 'Lắng nghe', en: 'Listens' }]
						})
					]
				},
				{ words: { vi: 'Khác', en: 'Other' }, questions: [asked('Y', 'T', { words: { vi: 'Ý kiến?' } })] }
			])
		);
		expect(name).toBe('Khảo sát của phường');
		expect(content).toMatchObject({
			title: { vi: 'Khảo sát của phường' },
			introduction: { vi: 'Xin chào' },
			languages: ['vi', 'en'],
			comment: true,
			items: [
				{ id: 'HC1', criterion: 'HC', text: { vi: 'Thủ tục rõ & dễ?', en: 'Clear?' } },
				{ id: 'HC2', criterion: 'HC', text: { vi: 'Câu H2' } },
				{ id: 'PV1', criterion: 'PV', text: { vi: 'Thái độ' }, scale: 'agreement' },
				{ id: 'PV2', criterion: 'PV', text: { vi: 'Lắng nghe', en: 'Listens' }, scale: 'agreement' }
			]
		});
		expect(content.items[0]).not.toHaveProperty('scale');
		expect(remarks).toEqual([{ code: 'Y', text: 'Ý kiến?', note: 'became-comment', left: false }]);
	});

	test('reads the rows of a language each that versions before 4 wrote', () => {
		const row = (language: string, question: string) => ({
			...{ qid: 5, parent_qid: 0, gid: 2, type: '5', title: 'Q1', question, question_order: 1, language }
		});
		const file = lssFile({
			groups: [
				{ gid: 2, group_name: 'Kết quả', group_order: 0, language: 'vi' },
				{ gid: 2, group_name: 'Outcome', group_order: 0, language: 'en' }
			],
			questions: [row('vi', 'Đúng hẹn?'), row('en', 'On time?')],
			surveys: [{ sid: 1, language: 'en', additional_languages: 'vi' }],
			surveys_languagesettings: [{ surveyls_language: 'en', surveyls_title: 'Ward survey' }]
		});
		expect(draft(file)).toMatchObject({
			name: 'Ward survey',
			content: {
				title: { vi: '', en: 'Ward survey' },
				languages: ['vi', 'en'],
				items: [{ id: 'KQ1', text: { vi: 'Đúng hẹn?', en: 'On time?' } }]
			}
		});
	});

	test('lists what does not fit with its reason, and what was lost on the way', () => {
		const five = (words: string[]) => asked('L', 'L', { answers: said(words) });
		expect(notes(aLss(group([asked('M', 'M'), asked('N', 'N'), asked('X', 'X'), asked('Z', '☃')])))).toEqual([
			'-M type-choice',
			'-N type-number',
			'-X type-text-only',
			'-Z type-unknown'
		]);
		expect(notes(aLss(group([asked('S1', 'S'), asked('T2', 'T')])))).toEqual([
			'~S1 became-comment',
			'-T2 second-comment'
		]);
		expect(notes(aLss(group([five(['Kém', 'Trung bình', 'Tốt'])])))).toEqual(['-L not-five-points']);
		expect(notes(aLss(group([five(['Đỏ', 'Cam', 'Vàng', 'Lục', 'Lam'])])))).toEqual(['-L answers-unlike']);
		expect(notes(aLss(group([five(['Kém', 'Rất kém', 'Trung bình', 'Tốt', 'Rất tốt'])])))).toEqual([
			'-L answers-unordered'
		]);
		expect(notes(aLss(group([five([])])))).toEqual(['-L answers-missing']);
		expect(notes(aLss(group([asked('A', 'A')])))).toEqual(['-A rows-missing']);
		const more = { relevance: '((Q0.NAOK == "Y"))', other: 'Y' };
		const words = { vi: `Thưa {TOKEN:FIRSTNAME} ${'x'.repeat(LIMITS.item)}` };
		expect(notes(aLss(group([asked('L', 'L', { answers: SATISFIED, more, words })])))).toEqual([
			'~L text-cut',
			'~L condition-dropped',
			'~L own-answer-dropped',
			'~L expression-left'
		]);
		expect(notes(aLss(group([asked('P', '5')]), { languages: 'vi de-informal de x-1' }))).toEqual([
			'~de language-dropped',
			'~x-1 language-dropped',
			'~P words-given'
		]);
		const rows = Array.from({ length: LIMITS.items }, (_, i) => ({ vi: `Dòng ${i}` }));
		const many = draft(aLss(group([asked('A1', 'A', { rows }), asked('A2', 'A', { rows: rows.slice(0, 1) })])));
		expect(many.content.items).toHaveLength(LIMITS.items);
		expect(many.remarks.map(({ note }) => note)).toEqual(['words-given', 'too-many-items']);
	});

	test('takes no tag, script or control character along', () => {
		const words = {
			vi: '<script>alert(1)</script><style>p{}</style>Một<br/>hai\u202e &#x3C;b> &lt;/script&gt; &#1114112;'
		};
		const { items } = draft(aLss(group([asked('P', '5', { words })]))).content;
		expect(items[0].text.vi).toBe('Một hai <b> </script>');
	});
});

describe('a file that is no survey structure', () => {
	const reason = (file: string | Uint8Array) => {
		const read = readLss(typeof file === 'string' ? bytesOf(file) : file);
		return read.ok ? 'read' : read.reason;
	};

	test('names no file of ours and grows no larger than it is', () => {
		const outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
		expect(reason(`${outside}<document><LimeSurveyDocType>&x;</LimeSurveyDocType></document>`)).toBe('lss-doctype');
		expect(reason('<!DOCTYPE document SYSTEM "http://127.0.0.1:9/x.dtd"><document/>')).toBe('lss-doctype');
		const lol = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
		expect(reason(`<!DOCTYPE d [<!ENTITY l0 "ha">${lol}]><document>&l12;</document>`)).toBe('lss-doctype');
		expect(reason('<document><LimeSurveyDocType>&unknown;</LimeSurveyDocType></document>')).toBe('lss-not-xml');
	});

	test('is refused by its size, depth, rows, kind and form', () => {
		expect(reason(new Uint8Array(LARGEST_LSS_BYTES + 1))).toBe('lss-too-large');
		expect(reason('<a>'.repeat(100_000))).toBe('lss-not-survey');
		expect(reason(`<document><answers><rows>${'<row/>'.repeat(5001)}</rows></answers></document>`)).toBe(
			'lss-too-many'
		);
		expect(reason(lssFile({}, 'Question'))).toBe('lss-not-survey');
		for (const broken of ['', 'Mã;Câu 1', '<document>', '<document/><document/>', '<document>\0</document>', '{}'])
			expect(reason(broken), broken).toBe('lss-not-xml');
		expect(reason(Buffer.from('\ufeff<document/>', 'utf16le'))).toBe('lss-not-xml');
	});

	test('is read quickly, whatever stands in it', () => {
		const cell = '<script>'.repeat(100_000);
		const row = { qid: 1, parent_qid: 0, gid: 1, type: '5', title: 'Q', question: cell, language: 'vi' };
		const file = lssFile({ groups: [{ gid: 1, group_name: '&'.repeat(90_000), language: 'vi' }], questions: [row] });
		const before = performance.now();
		draft(file);
		draft(lssFile({ questions: [{ __proto__x: 1, constructor: 2, toString: 3 }] }));
		expect(performance.now() - before).toBeLessThan(1000);
	});
});
