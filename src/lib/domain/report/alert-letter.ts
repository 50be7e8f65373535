import { formatPercent } from '../shared/number.ts';
import { formatDay, formatInstant, localDay } from '../shared/time.ts';
import { CRITERION_NAMES } from '../survey/criterion.ts';
import type { AlertDetail } from './alert.ts';
import { weekName } from './week.ts';

/** The letter of an alert, in Vietnamese like every letter to the staff. It says no more than the screen does. */
export function alertLetter(detail: AlertDetail, place: string, href: string): { subject: string; text: string } {
	const foot = `Xem và đánh dấu đã xem: ${href}

Thư này chỉ gửi một lần cho mỗi cảnh báo. Ngoài giờ làm việc hệ thống không gửi thư cảnh báo.
`;
	if (detail.kind === 'bad-spell') {
		const [from, until] = [formatInstant(detail.from), formatInstant(detail.until)];
		return {
			subject: `Nhiều người dân chưa hài lòng: ${place}`,
			text: `Từ ${from.slice(0, 5)} đến ${until.slice(0, 5)} ngày ${formatDay(localDay(detail.from))}, tại ${place}, ít nhất một nửa số phiếu trả lời là không hài lòng.

Để không ai bị nhận ra, hệ thống không nêu số phiếu và không gắn với công chức nào. Xin Ông/Bà xem tại chỗ: có chờ lâu, hỏng máy, thiếu người hay thiếu giấy tờ không.

${foot}`
		};
	}
	const falls = detail.falls.map(
		({ criterion, points, low, high }) =>
			`- ${CRITERION_NAMES[criterion].vi}: ${formatPercent(points)} điểm (khoảng tin cậy 95 % từ ${formatPercent(low)} đến ${formatPercent(high)})`
	);
	return {
		subject: `Mức độ hài lòng giảm rõ: ${place}`,
		text: `${weekName(detail.week)} so với bốn tuần trước đó, tại ${place}, vượt mức ngẫu nhiên:

${falls.join('\n')}

${foot}`
	};
}
