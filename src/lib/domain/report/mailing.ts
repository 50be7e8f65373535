import { addDays, DAY_MS, HOUR_MS, localDay, monthOf, startOfLocalDay } from '../shared/time.ts';
import { calendarPeriod, fridayOf, type Period } from './period.ts';
import { periodName } from './report-words.ts';

/** A report that goes out by mail: of which period, and since when it should have. */
export interface Mailing {
	period: Period;
	dueAt: number;
}

/** A node that stood still sends what it missed; after this long the report is no news any more. */
const LATE_MS = 3 * DAY_MS;

/** The week's report on Friday at 15:00, and the last month's on the first at 7:00. */
export function dueMailings(now: number): Mailing[] {
	const today = localDay(now);
	const friday = fridayOf(today);
	const first = `${monthOf(today)}-01`;
	return [
		{ period: calendarPeriod('week', friday), dueAt: startOfLocalDay(friday) + 15 * HOUR_MS },
		{ period: calendarPeriod('month', addDays(first, -1)), dueAt: startOfLocalDay(first) + 7 * HOUR_MS }
	].filter(({ dueAt }) => dueAt <= now && now < dueAt + LATE_MS);
}

interface Letter {
	period: Period;
	organization: string;
	/** The same report as a page. */
	href: string;
}

/** The letter around the report, in Vietnamese like every letter to the staff; the figures are in the attached file only. */
export function reportLetter({ period, organization, href }: Letter): { subject: string; text: string } {
	const name = periodName(period);
	return {
		subject: `Báo cáo mức độ hài lòng ${name}, ${organization}`,
		text: `Kính gửi Ông/Bà,

Gửi kèm báo cáo kết quả khảo sát mức độ hài lòng của người dân ${name} của ${organization}, theo quầy và theo lĩnh vực.

Kết quả theo công chức không gửi qua thư; xin đăng nhập để xem: ${href}

Ông/Bà nhận thư này vì đã đăng ký ở trang báo cáo. Muốn thôi nhận, xin mở trang ấy và bấm "Thôi nhận".
`
	};
}
