import { expect, test } from 'vitest';
import { CRITERIA } from '../../../survey/criterion.ts';
import { REASONS } from '../../../survey/reasons.ts';
import { ANNEX, annexOf, inAnotherYear } from './annex.ts';

const of = (criterion: string) => ANNEX.filter((task) => task.criterion === criterion);

test('the template has the twenty-five tasks of the annex, so many under each criterion', () => {
	expect(ANNEX.length).toBe(25);
	expect(CRITERIA.map((criterion) => of(criterion).length)).toEqual([7, 4, 6, 5, 3]);
	expect(new Set(ANNEX.map(({ content }) => content)).size).toBe(25);
	const kinds = Map.groupBy(ANNEX, ({ due }) => due.kind);
	expect([...kinds].map(([kind, tasks]) => `${kind} ${tasks.length}`).sort()).toEqual([
		...['always 17', 'date 4', 'event 3', 'weekly 1']
	]);
});

test('it says what the annex says, across the line and page breaks of its PDF and with its slips', () => {
	const says = (criterion: string, number: number, column: 'content' | 'responsibility' | 'expected', text: string) =>
		expect(of(criterion)[number - 1][column]).toContain(text);
	says('TC', 1, 'content', '- Thông báo trả lời ý kiến, giải đáp vướng mắc của khách hàng;\n- Quy chế tiếp công dân');
	says('TC', 1, 'responsibility', 'kết hợp tuyên truyền, cung cấp thông tin thông qua các hội nghị, hội thảo');
	says('TC', 1, 'responsibility', 'pano tuyên hiện tuyên truyền…');
	says(
		'TC',
		5,
		'content',
		'không nhiệt tình cung cấp thông tin cho khách hàng hoặc cung cấp thông tin không chính xác'
	);
	says('HC', 1, 'responsibility', 'Thông tư số 02/2017/TT-VPCP ngày 31/10/2017');
	says('HC', 3, 'content', 'đề xuất giảm các giấy tờ, biểu mẫu, tờ khai không cần thiết');
	says('HC', 3, 'expected', 'trong các báo cáo định kỳ về kiểm soát thủ tục hành chính');
	says('PV', 1, 'content', 'hồ sơ dừng tính');
	says(
		'PV',
		2,
		'expected',
		'khi đến giao dịch, thực hiện thủ tục hành chính hoặc liên hệ giải quyết các công việc khác'
	);
	says('PV', 3, 'content', 'chậm nhất 01 ngày trước ngày hẹn trả');
	says('KQ', 5, 'responsibility', '- Định kỳ thứ sáu hằng tuần, Trung tâm phục vụ hành chính công tiến hành tổng hợp');
	says('TT', 2, 'content', 'theo Điều 19 Nghị định số 20/2008/NĐ-CP ngày 14/02/2008');
	says('TT', 3, 'expected', 'Không có phản ánh, kiến nghị bị đánh giá không hài lòng.');
	for (const { content, responsibility, expected, lead, reasons } of ANNEX) {
		for (const text of [content, responsibility, expected, lead]) {
			expect(text).toBe(text.normalize('NFC').trim());
			expect(text).toMatch(/\p{L}/u);
		}
		for (const code of reasons) expect(REASONS.map((reason) => reason.code)).toContain(code);
	}
});

test('in another year its times are of that year, and what it cites stays as it is', () => {
	const tasks = annexOf(2028);
	expect(tasks.map(({ dueText }) => dueText)).toContain('Quý IV/2028');
	expect(tasks.filter(({ due }) => due.kind === 'date').map(({ due }) => due)).toEqual(
		Array(4).fill({ kind: 'date', day: '2028-12-31' })
	);
	expect(tasks[6].content).toContain('Nghị định số 118/2025/NĐ-CP ngày 09/6/2025');
	expect(tasks[9].expected).toContain('báo cáo rà soát thủ tục hành chính năm 2028');
	expect(annexOf(2025)).toEqual(ANNEX);
	expect(inAnotherYear('Quý I/2026, năm 20260, ngày 2/9/2026', 2026, 2027)).toBe(
		'Quý I/2027, năm 20260, ngày 2/9/2026'
	);
});
