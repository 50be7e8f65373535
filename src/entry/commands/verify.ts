import { parsePrintedAnchor, sayFault, type Anchor } from '../../lib/domain/account/chain.ts';
import { formatCount } from '../../lib/domain/shared/number.ts';
import { verifyAudit } from '../../lib/server/account/audit/verify/reads.ts';
import { readWitness } from '../../lib/server/account/audit/witness/reads.ts';
import { readEnvironment } from '../../lib/server/environment.ts';
import { verifyCounts } from '../../lib/server/report/verify/reads.ts';
import { chosenOrganization, withDatabase } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { readOptions } from './options.ts';

const options = {
	audit: { type: 'boolean' },
	anchor: { type: 'string', multiple: true },
	org: { type: 'string' }
} as const;

/** Recomputes every count from the sheets and says each that differs, so that anybody can check what the reports stand on. */
export async function run(args: string[]) {
	const { values } = readOptions({ args, options });
	if (values.audit) return verifyLog(values);
	if (values.anchor || values.org) throw new UsageProblem('--anchor và --org chỉ đi cùng --audit.');
	const { sheets, rows, pendingSheets, differences } = await withDatabase(verifyCounts);
	for (const { where, counted, recomputed } of differences) {
		console.log(`${where}: đếm ${counted.join('/')}, tính lại ${recomputed.join('/')}`);
	}
	const looked = `${formatCount(sheets)} phiếu, ${formatCount(rows)} dòng đếm`;
	if (differences.length > 0) throw new Refusal(`${formatCount(differences.length)} chỗ khác biệt trong ${looked}.`);
	console.log(
		`Không có gì khác biệt (nothing differs): ${looked}; ${formatCount(pendingSheets)} phiếu đang chờ đủ nhóm.`
	);
}

/** Walks the chains of the audit log and holds them against the witness and what was printed; says the first bad line of each. */
async function verifyLog({ anchor: printed = [], org }: { anchor?: string[]; org?: string }) {
	const { witnessFile } = readEnvironment();
	const feet = printed.map((text) => {
		const foot = parsePrintedAnchor(text);
		if (!foot) throw new UsageProblem(`"${text}" không phải là chân trang in; hãy viết như 17:0a1b2c3d4e5f.`);
		return foot;
	});
	const { chains, lines, anchors, problems, witness } = await withDatabase(async (db) => {
		const only = org || feet.length > 0 ? (await chosenOrganization(db, org)).id : undefined;
		const witness = readWitness(witnessFile);
		const known: Anchor[] = [...witness.anchors, ...feet.map((foot) => ({ ...foot, organizationId: only!, at: null }))];
		return { witness, ...(await verifyAudit(db, known, org ? only : undefined)) };
	});
	for (const problem of problems) console.log(`${problem.organizationId}: ${sayFault(problem, 'vi')}`);
	if (witness.missing)
		console.log(`Chưa có tệp mốc ${witnessFile}: không có mốc thì không thấy được phần cuối bị cắt.`);
	if (witness.unreadable > 0) {
		console.log(`Tệp mốc ${witnessFile} có ${formatCount(witness.unreadable)} dòng không đọc được.`);
	}
	const looked = `${formatCount(lines)} dòng của ${formatCount(chains)} chuỗi, ${formatCount(anchors)} mốc`;
	if (problems.length > 0)
		throw new Refusal(`Nhật ký đã bị can thiệp: ${formatCount(problems.length)} chuỗi sai trong ${looked}.`);
	console.log(`Nhật ký nguyên vẹn (the log is whole): ${looked}.`);
}
