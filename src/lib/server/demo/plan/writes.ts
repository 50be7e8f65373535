import { addDays, HOUR_MS, startOfLocalDay } from '../../../domain/shared/time.ts';
import type { Criterion } from '../../../domain/survey/criterion.ts';
import { newId } from '../../account/writes.ts';
import { readPlan } from '../../casework/plan/reads.ts';
import { tickWeek, writeNote } from '../../casework/plan/progress/writes.ts';
import { changeTask, startPlan } from '../../casework/plan/writes.ts';
import type { Db } from '../../db/db.ts';

const DAYS_BACK = 180;

/** What was done for which task of the annex, so many days ago. Whatever is not named has no news. */
const NOTES: readonly { task: `${Criterion}${number}`; daysAgo: number; text: string; evidence?: string }[] = [
	{
		...{ task: 'TC1', daysAgo: 12, text: 'Niêm yết mã QR của toàn bộ thủ tục tại bảng tin và trên Trang thông tin.' },
		evidence: 'Biên bản kiểm tra trình diễn số 07'
	},
	{ task: 'TC2', daysAgo: 25, text: 'Kênh hỗ trợ trực tuyến trả lời trong giờ làm việc; tuần qua 61 lượt hỏi.' },
	{ task: 'TC3', daysAgo: 9, text: 'Phát lại quy tắc hướng dẫn cho công chức các quầy, có ký nhận.' },
	{ task: 'TC5', daysAgo: 6, text: 'Kiểm tra đột xuất hai buổi; nhắc nhở một trường hợp không chủ động hướng dẫn.' },
	{ task: 'TC6', daysAgo: 4, text: 'Thay 6 ghế hỏng ở sảnh, bổ sung bút và mẫu tờ khai tại các quầy 1 đến 4.' },
	{ task: 'TC7', daysAgo: 120, text: 'Duyệt phương án cải tạo sảnh chờ: hạ mặt quầy, thêm lối cho xe lăn.' },
	{
		task: 'HC1',
		daysAgo: 17,
		text: 'Gỡ 12 thủ tục hết hiệu lực khỏi bảng niêm yết.',
		evidence: 'Danh mục trình diễn số 3'
	},
	{ task: 'HC2', daysAgo: 11, text: 'Thêm hồ sơ mẫu lĩnh vực đất đai và hộ kinh doanh tại bàn viết.' },
	{ task: 'HC4', daysAgo: 14, text: 'Rà lại 40 hồ sơ đã nhận: không hồ sơ nào bị đòi thêm giấy đã số hóa.' },
	{ task: 'PV1', daysAgo: 8, text: 'Mỗi hồ sơ bổ sung có phiếu ghi rõ thiếu gì, ai giải thích.' },
	{ task: 'PV2', daysAgo: 19, text: 'Họp rút kinh nghiệm sau hai góp ý về thái độ tại quầy.' },
	{ task: 'PV3', daysAgo: 5, text: 'Ba hồ sơ trễ hạn trong tuần đều có thư xin lỗi trước ngày hẹn.' },
	{ task: 'PV5', daysAgo: 22, text: 'Thêm một công chức nhận hồ sơ đất đai vào sáng thứ Hai và thứ Sáu.' },
	{ task: 'PV6', daysAgo: 27, text: 'Bốn tổ dân phố có người hướng dẫn nộp hồ sơ trực tuyến vào tối thứ Tư.' },
	{ task: 'KQ1', daysAgo: 13, text: 'Đối chiếu 30 hồ sơ: dữ liệu trên phần mềm đủ và đúng.' },
	{ task: 'KQ2', daysAgo: 7, text: 'Hồ sơ trực tuyến tuần qua đều được tiếp nhận trong tám giờ làm việc.' },
	{ task: 'KQ3', daysAgo: 10, text: 'Hồ sơ trễ hạn còn 1,8 %; lĩnh vực xây dựng phải giải trình.' },
	{ task: 'KQ5', daysAgo: 16, text: 'Báo cáo thứ sáu gửi lãnh đạo và các đơn vị có hồ sơ trễ.' },
	{ task: 'TT1', daysAgo: 24, text: 'In địa chỉ nhận phản ánh vào mặt sau giấy hẹn.' },
	{ task: 'TT2', daysAgo: 3, text: 'Chuyển phản ánh về ghế chờ và thời gian nhận hồ sơ cho Trung tâm trong buổi.' },
	{ task: 'TT3', daysAgo: 18, text: 'Không có phản ánh trễ hẹn trên hệ thống của tỉnh trong tháng.' }
];
/** Done long enough ago to see whether the figures changed since. */
const FINISHED = { task: 'TC7', daysAgo: 92, evidence: 'Biên bản nghiệm thu trình diễn số 15' } as const;
/** Fridays before today's week, the last is 1: without a tick, and ticked only on the Monday after. */
const MISSED = [3, 8];
const LATE = [5];

/** The plan of this year as half a year of work has left it, written by the functions that write any other. */
export async function workOnPlan(
	db: Db,
	{ organizationId, actorId, today }: { organizationId: string; actorId: string; today: string }
) {
	const year = Number(today.slice(0, 4));
	const first = [addDays(today, -DAYS_BACK), `${year}-01-01`].toSorted().at(-1)!;
	const on = (day: string) => ({ organizationId, actorId, now: startOfLocalDay(day) + 9 * HOUR_MS });
	await startPlan(db, on(first), { year, from: 'annex' });
	const lines = await readPlan(db, { organizationId, year, sites: null, today });
	const idOf = (name: string) => {
		const own = lines.filter(({ criterion }) => criterion === name.slice(0, 2));
		return own[Number(name.slice(2)) - 1].id;
	};
	for (const { task, daysAgo, text, evidence = '' } of NOTES.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
		const day = addDays(today, -daysAgo);
		if (day >= first) await writeNote(db, on(day), { id: newId(), taskId: idOf(task), text, evidence });
	}
	const weekly = lines.find(({ due }) => due.kind === 'weekly')!;
	const over = weekly.weeks.filter(({ day }) => day < today).toReversed();
	for (const [i, { day: week }] of over.entries()) {
		if (MISSED.includes(i + 1)) continue;
		const doneDay = LATE.includes(i + 1) ? addDays(week, 3) : week;
		await tickWeek(db, on(doneDay), { taskId: weekly.id, week, doneDay });
	}
	const doneDay = addDays(today, -FINISHED.daysAgo);
	if (doneDay < first) return;
	const change = { do: 'done', doneDay, evidence: FINISHED.evidence } as const;
	await changeTask(db, on(doneDay), { id: idOf(FINISHED.task), expected: 1, change });
}
