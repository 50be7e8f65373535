import { expect, test } from 'vitest';
import { onDuty } from './roster.ts';

const hoa = { id: 'hoa', name: 'Nguyễn Thị Hoa', photo: null };
const an = { id: 'an', name: 'Lê Văn An', photo: null };
const place = {
	officers: [hoa, an],
	duties: [
		{ id: 'morning', officerId: 'hoa', startsAt: '2026-11-23T07:30:00+07:00', endsAt: '2026-11-23T11:30:00+07:00' },
		{ id: 'afternoon', officerId: 'an', startsAt: '2026-11-23T13:00:00+07:00', endsAt: null }
	]
};
const at = (time: string) => Date.parse(`2026-11-23T${time}:00+07:00`);
const change = (time: string, officerId: string | null) => ({
	id: 'change',
	officerId,
	startsAt: `2026-11-23T${time}:00+07:00`,
	sent: false
});

test('the roster says who sits at the counter, and nobody does at noon', () => {
	expect(onDuty(place, [], at('08:00'))).toEqual({ dutyId: 'morning', officer: hoa });
	expect(onDuty(place, [], at('11:30'))).toEqual({ dutyId: null, officer: null });
	expect(onDuty(place, [], at('16:00'))).toEqual({ dutyId: 'afternoon', officer: an });
});

test('a change made on the tablet counts from its start, also without a network', () => {
	const changes = [change('09:00', 'an')];
	expect(onDuty(place, changes, at('08:59')).officer).toEqual(hoa);
	expect(onDuty(place, changes, at('09:00'))).toEqual({ dutyId: 'change', officer: an });
});

test('nobody on duty can be said on the tablet too', () => {
	expect(onDuty(place, [change('09:00', null)], at('10:00'))).toEqual({ dutyId: null, officer: null });
});

test('a duty that the roster starts later takes over again', () => {
	expect(onDuty(place, [change('09:00', 'hoa')], at('13:30')).officer).toEqual(an);
});

test('the server may end a change that it already knows', () => {
	const known = {
		...place,
		duties: [
			{ id: 'change', officerId: 'an', startsAt: '2026-11-23T09:00:00+07:00', endsAt: '2026-11-23T10:00:00+07:00' }
		]
	};
	expect(onDuty(known, [change('09:00', 'an')], at('10:30')).dutyId).toBeNull();
});
