import { addDays } from '../../domain/shared/time.ts';
import { seeded, type Random } from '../../domain/shared/random.ts';
import type { WithheldReason } from '../../domain/submission/comment/decision.ts';
import { CRITERIA, type Criterion } from '../../domain/survey/criterion.ts';
import { LOW_SCORE } from '../../domain/survey/scale.ts';
import { SIPAS5 } from '../../domain/survey/sipas5.ts';
import type { DemonstrationSheet } from './answers.ts';

const SEED = 4_612;
/** How far back the made-up comments reach: whoever moderates has decided on all weeks but the last. */
export const REMARK_WEEKS = 8;
/** How many of those who answer at home write something, and of those whom the officer who can sign in has served. */
const WRITES = 0.28;
const WRITES_TO_OWN = 0.62;
/** Who is content and says something that could be better all the same. */
const SUGGESTS = 0.35;

/** What a made-up citizen writes, and what the made-up moderator makes of it. */
export interface Remark {
	uuid: string;
	text: string;
	topic: string;
	toHead: boolean;
	withheld: WithheldReason | null;
}

/** Said of a criterion, with the reason that it names. */
const COMPLAINTS: Record<Criterion, readonly [string, string][]> = {
	TC: [
		['R01', 'chờ gần hai tiếng mới tới lượt, chỉ có một quầy mở'],
		['R01', 'đông quá mà giữa buổi thiếu người tiếp nhận'],
		['R03', 'ghế chờ ít, người già phải đứng'],
		['R03', 'không có nước uống và bút để điền đơn'],
		['R04', 'loa gọi số nhỏ, ngồi sau không nghe được'],
		['R02', 'tờ khai mẫu ở bàn viết đã cũ, điền theo bị trả lại'],
		['R18', 'nộp trực tuyến báo lỗi, cuối cùng vẫn phải ra tận nơi']
	],
	HC: [
		['R06', 'phải bổ sung giấy tờ ba lần, mỗi lần nói một khác'],
		['R06', 'bị yêu cầu bổ sung lần nữa dù đã nộp đủ theo bảng niêm yết'],
		['R05', 'bảng hướng dẫn dài, đọc không hiểu phải làm gì trước'],
		['R07', 'đòi bản sao có chứng thực trong khi đã có bản điện tử'],
		['R08', 'không rõ lệ phí gồm những khoản nào']
	],
	PV: [
		['R09', 'hỏi lại lần hai thì bị trả lời gắt'],
		['R10', 'không ai nói trước là cần thêm giấy xác nhận'],
		['R11', 'giải thích toàn chữ viết tắt, tôi không hiểu']
	],
	KQ: [
		['R13', 'hẹn thứ Ba mà thứ Sáu mới có kết quả'],
		['R14', 'trễ hẹn mà không ai báo trước một tiếng'],
		['R15', 'kết quả ghi sai ngày sinh, phải làm lại']
	],
	TT: [
		['R16', 'không thấy chỗ nào ghi số điện thoại để phản ánh'],
		['R17', 'đã phản ánh tháng trước, tới nay chưa thấy trả lời']
	]
};
const PRAISE: readonly [string, string][] = [
	['PV', 'anh chị ở quầy hướng dẫn rất tận tình, nói chậm cho người già nghe'],
	['PV', 'được chào hỏi lịch sự, giải thích đến khi hiểu mới thôi'],
	['KQ', 'nhận kết quả sớm hơn giấy hẹn một ngày'],
	['KQ', 'làm xong ngay trong buổi, không phải quay lại'],
	['HC', 'giấy tờ gọn, có mẫu điền sẵn nên làm rất nhanh'],
	['TC', 'chỗ ngồi sạch sẽ, có lối cho xe lăn'],
	['TT', 'góp ý lần trước đã được sửa, xin ghi nhận']
];
const OPENINGS = [
	'',
	'',
	'Sáng nay ',
	'Lần thứ hai tới đây, ',
	'Đi cùng mẹ già, ',
	'Xin nghỉ làm để tới, ',
	'Nói thật là '
];
const CLOSINGS = [
	'',
	'',
	'',
	'Mong trung tâm xem lại.',
	'Xin cảm ơn.',
	'Nhờ niêm yết rõ hơn.',
	'Mong lần sau nhanh hơn.'
];
/** Numbers and addresses of nobody, to be masked. */
const PRIVATE = [
	'Cần thì gọi tôi 0900 000 0{n}.',
	'Hồ sơ H99.15-261001-00{n}.',
	'Trả lời giúp qua nguoi.dan.{n}@example.com.',
	'CCCD của tôi 000 099 0000 {n}.',
	'Tôi là Nguyễn Văn Không Có Thật, tổ {n}.'
];
const ODD: readonly Omit<Remark, 'uuid'>[] = [
	{ text: 'asdf asdf 123', topic: '', toHead: false, withheld: 'unclear' },
	{ text: 'Sim số đẹp giá rẻ, gọi 0900 000 001', topic: '', toHead: false, withheld: 'advertising' },
	{
		text: 'Có người đứng ngoài cổng đòi tiền để lấy số trước, đề nghị kiểm tra.',
		topic: 'R12',
		toHead: true,
		withheld: null
	},
	{ text: 'Được gợi ý bồi dưỡng thì mới xong sớm, tôi không đồng ý.', topic: 'R12', toHead: true, withheld: null }
];
const HAS_PRIVATE = 0.14;
const IS_ODD = 0.08;

/** Made-up comments on sheets of the last weeks: on those only that were answered where one can type. */
export function demonstrationRemarks(
	sheets: readonly DemonstrationSheet[],
	{ today, ownOfficerId }: { today: string; ownOfficerId: string }
): Remark[] {
	const random = seeded(SEED);
	const from = addDays(today, -7 * REMARK_WEEKS);
	return sheets
		.filter(({ day, channel, flags }) => day >= from && channel !== 'terminal' && flags === '')
		.filter(({ officerId }) => random.chance(officerId === ownOfficerId ? WRITES_TO_OWN : WRITES))
		.map((sheet) => ({ uuid: sheet.uuid, ...remarkOn(sheet, random) }));
}

function remarkOn(sheet: DemonstrationSheet, random: Random): Omit<Remark, 'uuid'> {
	if (random.chance(IS_ODD)) return pick(ODD, random);
	const lowest = lowestOf(sheet);
	const complains = lowest !== null || random.chance(SUGGESTS);
	const [topic, said] = complains ? pick(COMPLAINTS[lowest ?? pick(CRITERIA, random)], random) : pick(PRAISE, random);
	const opened = pick(OPENINGS, random) + said;
	const closing = random.chance(HAS_PRIVATE)
		? pick(PRIVATE, random).replace('{n}', String(10 + Math.floor(random.next() * 90)))
		: complains
			? pick(CLOSINGS, random)
			: pick(
					CLOSINGS.slice(0, 5).filter((each) => !each.startsWith('Mong')),
					random
				);
	const text = `${opened[0].toLocaleUpperCase('vi')}${opened.slice(1)}. ${closing}`.trim();
	return { text, topic, toHead: false, withheld: null };
}

/** The criterion with the lowest answer, where that is low. */
function lowestOf({ answers }: DemonstrationSheet): Criterion | null {
	let lowest: { criterion: Criterion | null; value: number } = { criterion: null, value: LOW_SCORE + 1 };
	SIPAS5.items.forEach(({ criterion }, place) => {
		const value = Number(answers[place]);
		if (value >= 1 && value < lowest.value) lowest = { criterion, value };
	});
	return lowest.criterion;
}

const pick = <Each>(list: readonly Each[], random: Random): Each => list[Math.floor(random.next() * list.length)];
