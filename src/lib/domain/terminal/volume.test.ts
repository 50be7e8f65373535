import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, startOfLocalDay } from '../shared/time.ts';
import { volumeAt } from './volume.ts';

const midnight = startOfLocalDay('2026-11-23');
const at = (hours: number, minutes = 0) => midnight + hours * HOUR_MS + minutes * MINUTE_MS;

test('a tablet is as loud as its profile says, and otherwise in its quieter hours', () => {
	const profile = { volume: 0.6, quiet: { from: '11:30', until: '13:30', volume: 0 } };
	expect([at(11, 29), at(11, 30), at(13, 29), at(13, 30)].map((each) => volumeAt(profile, each))).toEqual([
		0.6, 0, 0, 0.6
	]);
});

test('quieter hours go over midnight, and without any the volume is one all day', () => {
	const profile = { volume: 0.6, quiet: { from: '17:00', until: '07:30', volume: 0.1 } };
	expect([at(16, 59), at(17), at(0), at(7, 30)].map((each) => volumeAt(profile, each))).toEqual([0.6, 0.1, 0.1, 0.6]);
	expect(volumeAt({ volume: 0.3 }, at(12))).toBe(0.3);
});
