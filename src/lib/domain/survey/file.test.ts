import { expect, test } from 'vitest';
import { BUILT_IN_VERSIONS } from './catalogue.ts';
import { LARGEST_FILE_BYTES, questionnaireFile, readQuestionnaireFile } from './file.ts';
import { filledOut } from './editing.ts';
import { LIMITS } from './publishing.ts';
import { SIPAS5 } from './sipas5.ts';

test('what was written is read back as it was', () => {
	for (const { id: _, ...content } of BUILT_IN_VERSIONS)
		expect(readQuestionnaireFile(`\uFEFF${questionnaireFile('Phiếu', content)}`)).toEqual({
			ok: true,
			value: { name: 'Phiếu', content }
		});
});

test('no text can end a script or begin a tag', () => {
	const { id: _, ...content } = SIPAS5;
	const file = questionnaireFile('</script><img src=x onerror=xss()>', { ...content, title: { vi: '=1+1<!--' } });
	expect(file).not.toContain('<');
	expect(readQuestionnaireFile(file)).toMatchObject({ value: { name: '</script><img src=x onerror=xss()>' } });
});

test('everything that is wrong is told by its place', () => {
	const broken = {
		format: 'lang-nghe-questionnaire-1',
		content: {
			title: { en: 'Only English' },
			items: [
				{ id: 'PV', criterion: 'XX', text: { vi: 'Câu hỏi', x: 'y' } },
				{ id: 7, criterion: null, text: 'Câu hỏi', scale: 'stars', notApplicable: 'no' }
			],
			reasonsUpTo: 9,
			demographics: ['name']
		}
	};
	const read = readQuestionnaireFile(JSON.stringify(broken));
	expect(read.ok ? [] : read.problems.map(({ path, code }) => `${path} ${code}`).sort()).toEqual(
		[
			'content.title.vi missing',
			'content.items.0.criterion criterion-unknown',
			'content.items.0.text.x language-malformed',
			'content.items.1.id not-text',
			'content.items.1.text not-texts',
			'content.items.1.scale scale-unknown',
			'content.items.1.notApplicable not-yes-or-no',
			'content.reasonsUpTo score-unknown',
			'content.demographics.0 demographic-unknown'
		].sort()
	);
});

test.each([
	'',
	'x',
	'null',
	'[]',
	'7',
	'{}',
	'{"format":"other"}',
	'{"__proto__":{"format":"lang-nghe-questionnaire-1"}}'
])('%s is no questionnaire', (content) => {
	expect(readQuestionnaireFile(content).ok).toBe(false);
});

test('the fullest questionnaire in two languages fits into a file', () => {
	const long = (length: number) => ({ vi: 'Ộ'.repeat(length), en: 'ầ'.repeat(length) });
	const items = Array.from({ length: LIMITS.items }, (_, n) => ({
		id: `Q${n}`,
		criterion: null,
		text: long(LIMITS.item)
	}));
	const reasons = items
		.slice(0, LIMITS.reasons)
		.map(({ id }) => ({ code: id, criterion: null, text: long(LIMITS.reason) }));
	const content = { title: long(LIMITS.title), introduction: long(LIMITS.introduction), items, reasons };
	const file = questionnaireFile('Đầy', content);
	expect(Buffer.byteLength(file)).toBeLessThan(LARGEST_FILE_BYTES);
	expect(readQuestionnaireFile(file).ok).toBe(true);
});

test('Vietnamese is the first language, whatever a file says', () => {
	expect(filledOut({ ...SIPAS5, languages: ['en', 'khm'] }).languages).toEqual(['vi', 'en', 'khm']);
});
