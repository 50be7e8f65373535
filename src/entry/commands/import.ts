import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { formatCount } from '../../lib/domain/shared/number.ts';
import { CHANNEL_NAMES, isOfficial } from '../../lib/domain/submission/channel.ts';
import { parseMap, type AnswerMap } from '../../lib/domain/submission/import/map.ts';
import { ANSWER_PROBLEMS, FILE_REFUSALS, MAP_PROBLEMS } from '../../lib/domain/submission/import/words.ts';
import {
	headingsOf,
	readAnswerPlan,
	readAnswerTable,
	type AnswerPlan
} from '../../lib/server/submission/import/reads.ts';
import { importAnswers } from '../../lib/server/submission/import/writes.ts';
import { chosenOrganization, withDatabase } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { pathFrom, readOptions } from './options.ts';

const text = { type: 'string' } as const;
const options = { map: text, org: text, 'dry-run': { type: 'boolean' } } as const;

/** Brings in a file of answers from elsewhere: all of it or, where one cell is wrong, nothing. */
export async function run(args: string[], calledIn: string) {
	const { values, positionals } = readOptions({ args, options, allowPositionals: true });
	if (positionals.length !== 1 || positionals[0] === '') throw new UsageProblem('Phải có đúng một tên tệp.');
	if (!values.map) throw new UsageProblem('Phải có --map.');
	const path = pathFrom(calledIn, positionals[0]);
	const bytes = readFile(path);
	const map = mapIn(pathFrom(calledIn, values.map));
	const table = readAnswerTable(bytes, map.separator);
	if (!table.ok) throw new Refusal(`Không đọc được tệp ${path}: ${FILE_REFUSALS[table.reason].vi}`);

	await withDatabase(async (db) => {
		const organization = await chosenOrganization(db, values.org);
		const now = Date.now();
		const read = await readAnswerPlan(db, { organization, table: table.value, map, now });
		if (!read.ok) {
			const faults = (read.mapProblems ?? []).map(
				({ place, code, said }) => `\n  ${place}: ${MAP_PROBLEMS[code].vi} (${said})`
			);
			if (read.reason === 'map-unfit') throw new Refusal(`Bảng ghép không khớp với tệp:${faults.join('')}`);
			throw new Refusal(`${organization.name} không có bộ câu hỏi "${map.version ?? organization.versionId}".`);
		}
		const plan = read.value;
		say(plan);
		if (plan.problemCount > 0) {
			sayProblems(plan, headingsOf(table.value, map.header));
			throw new Refusal('Chưa nhập gì. Hãy sửa tệp hoặc bảng ghép rồi chạy lại.');
		}
		if (values['dry-run']) {
			console.log('Chỉ xem thử (--dry-run): chưa nhập gì.');
			return;
		}
		const request = { organizationId: organization.id, actorId: 'system', fileName: basename(path), fileId: null };
		const imported = await importAnswers(db, { ...request, plan, now });
		if (!imported.ok) {
			console.log('Không có phiếu mới: mọi phiếu trong tệp đã được nhập trước đây.');
			return;
		}
		console.log(`Đã nhập ${formatCount(imported.value.stored)} phiếu vào ${organization.name}.`);
	});
}

function readFile(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch (problem) {
		throw new Refusal(`Không đọc được tệp ${path}: ${(problem as Error).message}`);
	}
}

function mapIn(path: string): AnswerMap {
	const map = parseMap(readFile(path).toString('utf8'));
	if (map.ok) return map.value;
	if (map.reason === 'not-json') throw new Refusal(`Tệp ${path} không phải là JSON.`);
	const faults = (map.faults ?? []).map(({ place, said }) => `\n  ${place || '(cả tệp)'}: không dùng được ${said}`);
	throw new Refusal(`Bảng ghép ${path} chưa đúng:${faults.join('')}`);
}

function say({ map, version, total, counts }: AnswerPlan) {
	const channel = `${CHANNEL_NAMES[map.channel].vi}, ${isOfficial(map.channel) ? 'tính' : 'không tính'} vào chỉ số chính thức`;
	console.log(`Nguồn “${map.source}”, bộ câu hỏi ${version.id}, kênh: ${channel}.`);
	const parts = [
		`${formatCount(total)} dòng`,
		`${formatCount(counts.new)} phiếu mới`,
		`${formatCount(counts.known)} đã có`,
		`${formatCount(counts.differs)} đã có với nội dung khác (giữ bản cũ)`,
		`${formatCount(counts.empty)} không có câu trả lời (bỏ qua)`,
		`${formatCount(counts.wrong)} dòng sai`
	];
	console.log(`${parts.join('; ')}.`);
}

function sayProblems({ problems, problemCount }: AnswerPlan, headings: readonly string[]) {
	for (const { row, column, code, text, other } of problems) {
		const where = column === null ? '' : `, cột ${headings[column] ? `“${headings[column]}”` : column + 1}`;
		const said = [text && `“${text}”`, other].filter(Boolean).join(', ');
		console.log(`Dòng ${row}${where}: ${ANSWER_PROBLEMS[code].vi}${said && ` (${said})`}`);
	}
	const more = problemCount - problems.length;
	if (more > 0) console.log(`… và ${formatCount(more)} lỗi nữa.`);
}
