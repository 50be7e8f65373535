import { expect, test } from 'vitest';
import { DEFAULT_FIELDS } from './field.ts';
import { codeFor, hoursOfWeek, namesField, nextNumbers, nextStep, setUpPage, weekOfHours } from './set-up.ts';

const USUAL = {
	morningFrom: '07:30',
	morningTo: '11:30',
	afternoonFrom: '13:30',
	afternoonTo: '17:00',
	saturday: false
};

test('whoever comes back goes on at the first step that has left nothing', () => {
	expect(nextStep({ sites: 0, counters: 0, fields: 12 })).toBe('sites');
	expect(nextStep({ sites: 3, counters: 0, fields: 0 })).toBe('counters');
	expect(nextStep({ sites: 3, counters: 8, fields: 0 })).toBe('fields');
	expect(nextStep({ sites: 3, counters: 8, fields: 12 })).toBeNull();
	expect([setUpPage('ward'), setUpPage('fields'), setUpPage(null)]).toEqual(['/setup', '/setup/fields', '/setup/done']);
});

test('the usual hours are not written down, others are, and nonsense is refused', () => {
	expect(weekOfHours(USUAL)).toBeNull();
	const mornings = weekOfHours({ ...USUAL, afternoonFrom: '', afternoonTo: '', saturday: true });
	const morning = [['07:30', '11:30']];
	expect(mornings).toEqual([morning, morning, morning, morning, morning, morning, []]);
	for (const wrong of [
		{ morningTo: '07:30' },
		{ morningTo: '' },
		{ afternoonFrom: '11:00' },
		{ morningFrom: '7h30' },
		{ morningFrom: '', morningTo: '', afternoonFrom: '', afternoonTo: '' }
	])
		expect(weekOfHours({ ...USUAL, ...wrong }), JSON.stringify(wrong)).toBeUndefined();
});

test('hours come back as they were asked for, and a week of another shape is left to its own page', () => {
	for (const change of [
		{},
		{ saturday: true },
		{ afternoonFrom: '', afternoonTo: '' },
		{ morningFrom: '', morningTo: '' }
	]) {
		const asked = { ...USUAL, ...change };
		expect(hoursOfWeek(weekOfHours(asked)!)).toEqual(asked);
	}
	const day = [['07:30', '11:30']] as const;
	expect(hoursOfWeek([day, [], day, day, day, [], []])).toBeNull();
});

test('counters are numbered on through the whole ward', () => {
	expect(nextNumbers([], 3)).toEqual(['1', '2', '3']);
	expect(nextNumbers(['2', '10', 'A1', ''], 2)).toEqual(['11', '12']);
});

test('a counter named after fields is suggested for them, and for no others', () => {
	const servedBy = (counter: string) =>
		DEFAULT_FIELDS.filter(({ name }) => namesField(counter, name)).map(({ code }) => code);
	expect(servedBy('Chứng thực, hộ tịch')).toEqual(['HT', 'CT']);
	expect(servedBy('Xây dựng - Đất đai')).toEqual(['DD', 'XD']);
	expect(servedBy('Giáo dục, y tế')).toEqual(['GD', 'YT']);
	expect(servedBy('Hộ kinh doanh')).toEqual(['KD']);
	expect(servedBy('Hướng dẫn')).toEqual([]);
	expect(servedBy('')).toEqual([]);
});

test('a field that somebody adds gets a code that is free', () => {
	expect(codeFor('Tôn giáo, tín ngưỡng', ['HT'])).toBe('TG');
	expect(codeFor('Đất đai khác', ['DD', 'DD2'])).toBe('DD3');
	expect(codeFor('…', [])).toBe('LV');
});
