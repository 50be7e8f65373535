import { expect, test } from 'vitest';
import { formatInstant } from '../../shared/time.ts';
import { readMoment, type DateFormat } from './moment.ts';

const say = (format: DateFormat) => (text: string) => {
	const at = readMoment(text, format);
	return at === null ? null : formatInstant(at);
};

test('a day is read in the named format and no other; without a time of day it is its noon', () => {
	expect(['3/11/2026', '03-11-2026', '3.11.2026', '3/11/2026 7:05', '03/11/2026 07:05:59'].map(say('d/M/y'))).toEqual([
		...['12:00 03/11/2026', '12:00 03/11/2026', '12:00 03/11/2026', '07:05 03/11/2026', '07:05 03/11/2026']
	]);
	expect(['11/3/2026', '11/3/2026, 1:05 PM', '11/3/2026 12:30 AM'].map(say('M/d/y'))).toEqual([
		...['12:00 03/11/2026', '13:05 03/11/2026', '00:30 03/11/2026']
	]);
	expect(['2026-11-03', '2026/11/3 23:59'].map(say('y-M-d'))).toEqual(['12:00 03/11/2026', '23:59 03/11/2026']);
	const none = ['', '31/2/2026', '13/13/2026', '3/11/26', '2026-11-03', '3/11/2026 24:00', '3/11/2026 7:60', 'mai'];
	expect(none.map(say('d/M/y'))).toEqual(none.map(() => null));
	expect(['23/11/2026', '0/1/2026', '11/3/2026 13:00 PM'].map(say('M/d/y'))).toEqual([null, null, null]);
});

test('a time with a zone is of the day it was in Việt Nam', () => {
	expect(['2026-11-22T20:30:00Z', '2026-11-22 20:30:00+0000', '2026-11-23T03:30:00.5+07:00'].map(say('iso'))).toEqual([
		...['03:30 23/11/2026', '03:30 23/11/2026', '03:30 23/11/2026']
	]);
	expect(['2026-11-23 08:00', '2026-11-31T00:00:00Z', '23/11/2026'].map(say('iso'))).toEqual([
		...['08:00 23/11/2026', null, null]
	]);
});

test('the day numbers of a spreadsheet', () => {
	expect(['46349', '46349.25', '46349,75', '1'].map(say('excel'))).toEqual([
		...['12:00 23/11/2026', '06:00 23/11/2026', '18:00 23/11/2026', null]
	]);
});
