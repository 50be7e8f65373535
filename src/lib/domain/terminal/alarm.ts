import { formatInstant } from '../shared/time.ts';

/** A tablet that is silent although its counter is open; instants in milliseconds. */
export interface SilentTerminal {
	id: string;
	name: string;
	/** The counter as people call it: 'Quầy 5'. */
	counter: string;
	site: string;
	/** When it was last heard. */
	since: number;
}

/** Vietnamese, for those who look after the tablets. */
interface AlarmLetter {
	subject: string;
	text: string;
}

export function silenceLetter({ name, counter, site, since }: SilentTerminal, href: string): AlarmLetter {
	return {
		subject: `Máy tính bảng mất liên lạc: ${name}, ${counter}`,
		text: `Máy ${name} ở ${counter} (${site}) không gửi tín hiệu từ ${formatInstant(since)}, trong giờ làm việc.

Phiếu đã ghi vẫn nằm an toàn trên máy và tự gửi khi có mạng trở lại.

Xin Ông/Bà kiểm tra:
1. Máy có bật và còn pin không.
2. Máy có mạng không.
3. Màn hình có đang ở trang đánh giá không.

Xem tình trạng máy: ${href}

Thư này chỉ gửi một lần; khi máy có tín hiệu trở lại sẽ có một thư nữa.
`
	};
}

/** `heardAt` null: nobody waits for it any more, it was withdrawn. `alarmedAt`: when the first letter went out. */
export function silenceOverLetter(
	{ name, counter, site }: Omit<SilentTerminal, 'since'>,
	alarmedAt: number,
	heardAt: number | null,
	href: string
): AlarmLetter {
	const end = heardAt === null ? 'đã bị thu hồi' : `đã có tín hiệu trở lại lúc ${formatInstant(heardAt)}`;
	return {
		subject: `Hết mất liên lạc: ${name}, ${counter}`,
		text: `Máy ${name} ở ${counter} (${site}), đã báo mất liên lạc lúc ${formatInstant(alarmedAt)}, nay ${end}.

Xem tình trạng máy: ${href}
`
	};
}
