import type { LocalText } from '../../survey/criterion.ts';
import { overlay, type Calendar, type CalendarDay, type DayKind, type DayStatus } from './calendar.ts';

/**
 * What civil servants in Việt Nam have off, 2025 to 2027 (Labour Code 2019, articles 111 and 112; NQ 28/2026/QH16 for 24 November;
 * TB 9441/TB-BNV and CV 12729/VPCP-KGVX for the swaps of 2026). For 2027 no notice is known: all of it is estimated.
 */
const NEW_YEAR: LocalText = { vi: 'Tết Dương lịch', en: 'New Year’s Day' };
const TET: LocalText = { vi: 'Tết Nguyên đán', en: 'Lunar New Year' };
const HUNG_KINGS: LocalText = { vi: 'Giỗ Tổ Hùng Vương', en: 'Hùng Kings’ Day' };
const REUNIFICATION: LocalText = { vi: 'Ngày Chiến thắng 30/4', en: 'Reunification Day' };
const LABOUR: LocalText = { vi: 'Quốc tế Lao động', en: 'Labour Day' };
const NATIONAL_DAY: LocalText = { vi: 'Quốc khánh', en: 'National Day' };
const CULTURE: LocalText = { vi: 'Ngày Văn hóa Việt Nam', en: 'Vietnam Culture Day' };

const off = (name: LocalText, days: readonly string[], kind: DayKind = 'holiday', status: DayStatus = 'official') =>
	days.map((day): CalendarDay => ({ day, kind, name, status, organizationId: null }));

/** A day off that another day is worked for. */
function swap(free: string, worked: string, name: LocalText): CalendarDay[] {
	return [...off(name, [free], 'swapped_off'), ...off(name, [worked], 'makeup_workday')];
}

const guess = (days: readonly CalendarDay[]) => days.map((day) => ({ ...day, status: 'estimated' as const }));

export const NATIONAL_DAYS: readonly CalendarDay[] = [
	...off(NEW_YEAR, ['2025-01-01']),
	...off(TET, ['2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31']),
	...off(HUNG_KINGS, ['2025-04-07']),
	...off(REUNIFICATION, ['2025-04-30']),
	...off(LABOUR, ['2025-05-01']),
	...swap('2025-05-02', '2025-04-26', LABOUR),
	...off(NATIONAL_DAY, ['2025-09-01', '2025-09-02']),

	...off(NEW_YEAR, ['2026-01-01']),
	...swap('2026-01-02', '2026-01-10', NEW_YEAR),
	...off(TET, ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20']),
	...off(HUNG_KINGS, ['2026-04-26']),
	...off(HUNG_KINGS, ['2026-04-27'], 'compensatory'),
	...off(REUNIFICATION, ['2026-04-30']),
	...off(LABOUR, ['2026-05-01']),
	...swap('2026-08-31', '2026-08-22', NATIONAL_DAY),
	...off(NATIONAL_DAY, ['2026-09-01', '2026-09-02']),
	...off(CULTURE, ['2026-11-24']),

	...guess([
		...off(NEW_YEAR, ['2027-01-01']),
		...off(TET, ['2027-02-04', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08']),
		...off(TET, ['2027-02-09', '2027-02-10'], 'compensatory'),
		...off(HUNG_KINGS, ['2027-04-16']),
		...off(REUNIFICATION, ['2027-04-30']),
		...off(LABOUR, ['2027-05-01']),
		...off(LABOUR, ['2027-05-03'], 'compensatory'),
		...off(NATIONAL_DAY, ['2027-09-02', '2027-09-03']),
		...off(CULTURE, ['2027-11-24'])
	])
];

/** Years that the days above cover; of any other year nothing is known. */
export const NATIONAL_YEARS = [2025, 2026, 2027] as const;

export const NATIONAL: Calendar = overlay(NATIONAL_DAYS);

/** Proposed on 6 September 2026 and never confirmed: a working day, until a centre decides otherwise. */
export const PROPOSED_SWAP = { free: '2026-11-23', worked: '2026-11-28' } as const;
