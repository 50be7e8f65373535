import { formatCount } from '../../lib/domain/shared/number.ts';
import { verifyCounts } from '../../lib/server/report/verify/reads.ts';
import { withDatabase } from './database.ts';
import { Refusal } from './ending.ts';
import { expectNothing } from './options.ts';

/** Recomputes every count from the sheets and says each that differs, so that anybody can check what the reports stand on. */
export async function run(args: string[]) {
	expectNothing(args);
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
