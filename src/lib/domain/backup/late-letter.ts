import { HOUR_MS, formatInstant, localDay } from '../shared/time.ts';

/** A night and two hours: the program has tried twice since. */
const LATE_MS = 26 * HOUR_MS;

/** Whether whoever keeps the server is to be written to. `since`: when somebody first looked, for a server that has made none yet. */
export function isLetterOwed(finishedAt: number | null, since: number, now: number): boolean {
	return now - (finishedAt ?? since) > LATE_MS;
}

/** One letter a day, until there is a new backup. */
export const letterDay = (now: number) => localDay(now);

/** Vietnamese, for the administrators. Without the reason, which may name a folder and stands in the server's log. */
export function lateBackupLetter(finishedAt: number | null, href: string): { subject: string; text: string } {
	const last =
		finishedAt === null ? 'Chưa có bản sao lưu nào.' : `Bản sao lưu mới nhất xong lúc ${formatInstant(finishedAt)}.`;
	return {
		subject: 'Máy chủ Lắng nghe chưa có bản sao lưu mới',
		text: `${last} Quá 26 giờ chưa có bản mới; nếu ổ đĩa hỏng lúc này, những gì ghi sau đó sẽ mất.

Việc nhận đánh giá vẫn chạy bình thường. Chương trình thử lại mỗi giờ.

Xin Ông/Bà nhờ người giữ máy chủ kiểm tra:
1. Nơi lưu (BACKUP_DIR) còn chỗ và còn ghi được không.
2. Khóa công khai (BACKUP_RECIPIENT) có đúng không.
3. Nhật ký của máy chủ viết gì ở việc “watch-backups”.

Xem tình trạng máy chủ: ${href}

Thư này được gửi mỗi ngày một lần cho đến khi có bản sao lưu mới.
`
	};
}
