import { formatInstant } from '../shared/time.ts';
import type { LinkPurpose } from './password-link.ts';

interface LinkLetter {
	purpose: LinkPurpose;
	name: string;
	login: string;
	organization: string;
	link: string;
	/** Milliseconds. */
	expiresAt: number;
}

/** What somebody gets with the link to choose a password: Vietnamese first, and short English for whoever needs it. */
export function linkLetter({ purpose, name, login, organization, link, expiresAt }: LinkLetter) {
	const until = formatInstant(expiresAt);
	const [subject, why, whyEn, unasked] =
		purpose === 'invitation'
			? [
					`Lời mời dùng hệ thống Lắng nghe của ${organization}`,
					`${organization} mời Ông/Bà dùng hệ thống Lắng nghe. Tên đăng nhập: ${login}. Xin mở liên kết sau để đặt mật khẩu:`,
					`${organization} invites you to Lắng nghe (login: ${login}). Open the link to choose a password`,
					'Nếu Ông/Bà không làm việc tại đơn vị này, xin bỏ qua thư này.'
				]
			: [
					'Đặt lại mật khẩu hệ thống Lắng nghe',
					`Có yêu cầu đặt lại mật khẩu cho tên đăng nhập ${login}. Xin mở liên kết sau để đặt mật khẩu mới:`,
					`Somebody asked to reset the password of ${login}. Open the link to choose a new one`,
					'Nếu Ông/Bà không yêu cầu, xin bỏ qua thư này: mật khẩu hiện tại vẫn giữ nguyên.'
				];
	const text = [
		`Kính gửi ${name},`,
		why,
		link,
		`Liên kết chỉ dùng được một lần, đến ${until}. Xin không chuyển thư này cho người khác.`,
		unasked,
		`(${whyEn}; it is good once, until ${until}.)`
	].join('\n\n');
	return { subject, text: `${text}\n` };
}
