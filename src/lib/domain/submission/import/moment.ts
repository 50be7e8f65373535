import { textOf } from '../../place/import/cell.ts';
import { addDays, DAY_MS, HOUR_MS, isLocalDay, MINUTE_MS, startOfLocalDay } from '../../shared/time.ts';

/** How a file writes its days; a time of day may follow each. */
export const DATE_FORMATS = ['d/M/y', 'M/d/y', 'y-M-d', 'iso', 'excel'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** The places of year, month and day among the three numbers. */
const ORDER: Record<'d/M/y' | 'M/d/y' | 'y-M-d', readonly [number, number, number]> = {
	'd/M/y': [3, 2, 1],
	'M/d/y': [3, 1, 2],
	'y-M-d': [1, 2, 3]
};
const NUMBERS =
	/^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AaPp][Mm]))?)?$/;
const EXCEL = /^(\d{5})(?:[.,](\d+))?$/;
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * The instant a cell names, milliseconds; null where it names none in this format. Without a zone it is Việt Nam's time; a day without
 * a time of day stands for its noon.
 */
export function readMoment(cell: string, format: DateFormat): number | null {
	const text = textOf(cell);
	if (format === 'iso' && WITH_ZONE.test(text)) {
		// Date.parse makes a 1 December of a 31 November.
		if (!isLocalDay(text.slice(0, 10))) return null;
		const at = Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
		return Number.isNaN(at) ? null : at;
	}
	if (format === 'excel') return readExcel(text);
	const parts = NUMBERS.exec(text);
	if (!parts) return null;
	const [year, month, day] = ORDER[format === 'iso' ? 'y-M-d' : format].map((place) => parts[place]);
	const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	if (!isLocalDay(iso)) return null;
	const clock = clockOf(parts);
	return clock === null ? null : startOfLocalDay(iso) + clock;
}

/** Milliseconds since midnight; null where there is no such time. */
function clockOf([, , , , hours, minutes, seconds = '0', half]: RegExpExecArray): number | null {
	if (hours === undefined) return 12 * HOUR_MS;
	const said = Number(hours);
	if (said > (half ? 12 : 23) || (half && said === 0) || Number(minutes) > 59 || Number(seconds) > 59) return null;
	const hour = half ? (said % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : said;
	return hour * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * 1000;
}

function readExcel(text: string): number | null {
	const parts = EXCEL.exec(text);
	if (!parts) return null;
	const midnight = startOfLocalDay(addDays('1899-12-30', Number(parts[1])));
	return midnight + (parts[2] === undefined ? DAY_MS / 2 : Math.round(Number(`0.${parts[2]}`) * DAY_MS));
}
