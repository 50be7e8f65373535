import { sayTargets } from './targets.ts';
import { formatDay } from '../shared/time.ts';
import { CHANNEL_NAMES } from '../submission/channel.ts';
import type { ChangesOfTable } from './change.ts';
import { METHOD_NAMES } from './method.ts';
import type { Period } from './period.ts';
import { K, K_OFFICER } from './secrecy.ts';
import type { Dimension, IndexTable } from './table.ts';
import { ADVISORY_WORDS, RANKED_FROM, VERDICT_WORDS } from './verdict.ts';
import { weekName } from './week.ts';

/** The tables a report can have, in the order they stand in it. */
export const REPORT_TABLES = ['counter', 'field', 'officer', 'site'] as const satisfies Dimension[];
export type ReportBy = (typeof REPORT_TABLES)[number];

/** The head of an official document (Decree 30/2020/NĐ-CP, appendix I): who issues it, and where and when. */
export interface Letterhead {
	/** Upper case, as the decree has it. */
	above: string | null;
	organization: string;
	placeAndDate: string;
}

/** What stands beside the name of every office of the state. */
export const NATION = { name: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', motto: 'Độc lập - Tự do - Hạnh phúc' };

/** For the hand: the number is given by the register of the office. */
export const NUMBER_LINE = 'Số:        /BC';

export const SIGNATURES = {
	recipients: { title: 'Nơi nhận:', lines: ['- Lãnh đạo đơn vị;', '- Lưu: VT.'] },
	author: { title: 'NGƯỜI LẬP BÁO CÁO', how: '(Ký, ghi rõ họ tên)' }
};

export const HEADINGS = {
	cover: 'Chỉ số của kỳ',
	findings: 'Điều đã thay đổi',
	noFindings: 'Không có thay đổi nào vượt quá dao động ngẫu nhiên.',
	method: 'Cách tính',
	cells:
		'Mỗi ô: kết luận và giá trị (%), khoảng tin cậy 95 %, số lượt trả lời n (* là chỉ tham khảo), thay đổi so với kỳ trước.',
	interval: 'Khoảng tin cậy 95 %',
	change: 'So với kỳ trước',
	yearChange: 'So với cùng kỳ năm trước',
	verdict: 'Kết luận',
	value: 'Giá trị (%)',
	n: 'Số lượt trả lời'
};

export const COMMENT_WORDS = {
	title: 'Góp ý được công bố trong kỳ',
	note: `Lời người dân viết, đã che dữ liệu cá nhân; công bố từng lô ít nhất ${K} góp ý của một nơi, thứ tự được xáo trộn.`,
	more: (n: string) => `Còn ${n} góp ý khác trên trang Góp ý.`
};

export const PARTICIPATION_WORDS = {
	title: 'Tỷ lệ trả lời',
	served: 'phục vụ',
	begun: 'bắt đầu trên máy',
	who: { served: 'người được phục vụ', begun: 'người bắt đầu trên máy' },
	than: { selective: 'các nơi khác', falling: 'kỳ trước' },
	note: 'Số lượt phục vụ do một cửa cung cấp; bắt đầu trên máy là số lần có người chạm vào máy trong những ngày đã qua. Trong ngoặc là khoảng tin cậy 95 %. Nơi có tỷ lệ thấp hoặc giảm rõ thì điểm hài lòng kém tin cậy.'
};

export const WORK_WORDS = {
	title: 'Phản ánh, lời hứa và việc phải làm',
	received: 'Vụ việc nhận trong kỳ',
	forwarded: 'Chuyển đúng hạn',
	answered: 'Trả lời đúng hạn',
	published: 'Công khai đúng hạn',
	kept: (n: string, of: string) => `${n} / ${of}`,
	lateNow: 'Vụ việc đang quá hạn',
	lateCase: (number: string, unit: string, day: string) => `Vụ việc ${number} (${unit}, hạn ${day}; quá hạn)`,
	nobody: 'chưa giao ai',
	promises: 'Lời hứa tại các buổi đối thoại',
	counts: (done: string, late: string, open: string) => `${done} đã xong, ${late} quá hạn, ${open} còn hạn`,
	plan: 'Nhiệm vụ kế hoạch năm',
	lateTask: (unit: string, task: string, standing: string) => `Kế hoạch, ${unit}: ${task} (${standing.toLowerCase()})`,
	improvements: 'Việc đã thay đổi nhờ góp ý',
	due: (unit: string, day: string) => `${unit}, hạn ${day}`,
	late: 'quá hạn',
	more: (n: string) => `Còn ${n} lời hứa nữa ở trang lời hứa.`,
	changed: (criterion: string | null, text: string) =>
		`Đã thay đổi nhờ góp ý: ${text}${criterion ? ` (${criterion})` : ''}.`,
	note: 'Việc quá hạn tính đến lúc lập báo cáo. Phản ánh, kiến nghị đứng riêng, không nối với phiếu nào.'
};

export const WORDS = {
	title: 'BÁO CÁO',
	subtitle: 'Kết quả khảo sát mức độ hài lòng của người dân',
	demonstration: 'Số liệu trình diễn, không phải số liệu thật.',
	scope: 'Chỉ gồm',
	goesOn: 'Kỳ này chưa kết thúc; số liệu đến',
	asOf: 'Số liệu đến',
	audit: 'Nhật ký: dòng',
	clear: 'rõ',
	criterion: 'Tiêu chí',
	total: 'Toàn đơn vị',
	fell: 'giảm',
	rose: 'tăng',
	since: 'Chỉ nêu thay đổi vượt quá dao động ngẫu nhiên; so với kỳ',
	fewSheets: VERDICT_WORDS['not-enough'].vi,
	officers:
		'Công chức chỉ so sánh ở tiêu chí Sự phục vụ; các tiêu chí khác là việc của cả trung tâm hoặc của lĩnh vực.',
	noChannel: 'Chưa rõ kênh',
	sheets: 'Số phiếu của kỳ',
	stored: 'Đã nhận qua các kênh chính thức',
	excluded: 'Không tính (người dân chọn lại, trùng số thứ tự, hoặc bị loại)',
	decided: 'Trong đó loại theo quyết định của hai người',
	doubted: 'Nghi vấn, vẫn tính (cách phiếu trước dưới 15 giây)',
	watched: {
		pace: 'Nghi vấn, vẫn tính (giống hệt nhau, dồn dập)',
		'after-staff': 'Nghi vấn, vẫn tính (giống hệt nhau, ngay sau khi cán bộ thao tác)',
		'off-hours': 'Nghi vấn, vẫn tính (ngoài giờ làm việc)',
		'off-duty': 'Nghi vấn, vẫn tính (lịch trực không có ai ở quầy)'
	},
	waiting: 'Chờ đủ nhóm để công bố',
	storedBeside: 'Đã nhận qua các kênh chưa kiểm chứng, không tính vào chỉ số',
	sheetsNote:
		'Kết quả chỉ tiến theo từng nhóm phiếu, nên một phiếu có thể được công bố muộn hơn ngày trả lời và số phiếu đã nhận không khớp từng phiếu với số đã công bố theo kênh.'
};

export const TABLE_TITLES: Record<ReportBy, { title: string; row: string }> = {
	counter: { title: 'Theo quầy', row: 'Quầy' },
	field: { title: 'Theo lĩnh vực', row: 'Lĩnh vực' },
	officer: { title: 'Theo công chức', row: 'Công chức' },
	site: { title: 'Theo địa điểm', row: 'Địa điểm' }
};

const QUARTERS = ['I', 'II', 'III', 'IV'];

/** "tuần 47 (16/11–22/11/2026)", "tháng 11 năm 2026", "quý IV năm 2026", "6 tháng cuối năm 2026", "năm 2026". */
export function periodName({ preset, from, to }: Period): string {
	const [year, month] = [from.slice(0, 4), Number(from.slice(5, 7))];
	switch (preset) {
		case 'week':
			return weekName(from).replace('Tuần', 'tuần');
		case 'month':
			return `tháng ${month} năm ${year}`;
		case 'quarter':
			return `quý ${QUARTERS[(month - 1) / 3]} năm ${year}`;
		case 'half-year':
			return `6 tháng ${month === 1 ? 'đầu' : 'cuối'} năm ${year}`;
		case 'year':
			return `năm ${year}`;
		case 'custom':
			return from === to ? `ngày ${formatDay(from)}` : `từ ${formatDay(from)} đến ${formatDay(to)}`;
	}
}

/** "ngày 05 tháng 02 năm 2026": days below ten and the first two months are written with a nought, so that nothing can be put before. */
export function dateLine(day: string): string {
	const [year, month, date] = day.split('-');
	return `ngày ${date} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`;
}

/** An office is called by its place: "Trung tâm … phường Bình Minh" writes from "Phường Bình Minh". */
export function placeOf(organization: string): string {
	const bare = organization.replace(/\s*\(.*\)$/, '');
	const named = /(?:^|\s)((?:phường|xã|đặc khu|tỉnh|thành phố)\s.+)$/iu.exec(bare)?.[1] ?? bare;
	return named.charAt(0).toUpperCase() + named.slice(1);
}

/** Everything somebody needs to get the same figures again, and to read them rightly. */
export function methodLines(table: IndexTable, { before }: ChangesOfTable): string[] {
	const { method, versionId, from, to, targets, channels } = table;
	const [met, notMet, notEnough] = (['met', 'not-met', 'not-enough'] as const).map((each) => VERDICT_WORDS[each].vi);
	return [
		`Phương pháp ${method}, ${METHOD_NAMES[method].vi.toLowerCase()}: mỗi tiêu chí là trung bình các nội dung của nó, chỉ số chung là trung bình của năm tiêu chí; n của chỉ số là n của tiêu chí ít lượt trả lời nhất.`,
		`Bộ câu hỏi ${versionId}, các ngày ${formatDay(from)} – ${formatDay(to)}; kênh được tính: ${channels.map((channel) => CHANNEL_NAMES[channel].vi).join(', ')}. Khảo sát tại Trung tâm, không phải Chỉ số SIPAS do Bộ Nội vụ công bố.`,
		`Mục tiêu ${sayTargets(targets)} %. Khoảng tin cậy 95 % (Wilson) quyết định: "${met}" khi cả khoảng từ mục tiêu trở lên, "${notMet}" khi cả khoảng dưới mục tiêu, còn lại là "${notEnough}".`,
		`Dưới ${RANKED_FROM} lượt trả lời: ${ADVISORY_WORDS.vi}. Dưới ${K} lượt (${K_OFFICER} lượt khi về một công chức) thì không nêu con số, để không ai bị nhận ra.`,
		...(before
			? [
					`▲▼ là thay đổi so với kỳ trước (${formatDay(before.from)} – ${formatDay(before.to)}), điểm phần trăm; "${WORDS.clear}" khi khoảng tin cậy 95 % của thay đổi không chứa số 0.`
				]
			: [])
	];
}
