import { existsSync } from 'node:fs';
import { formatCount } from '../../lib/domain/shared/number.ts';
import { readHeadsOfFile } from '../../lib/server/account/audit/witness/reads.ts';
import { noteHeads } from '../../lib/server/account/audit/witness/writes.ts';
import { backupSqlite } from '../../lib/server/db/backup.ts';
import { readEnvironment } from '../../lib/server/environment.ts';
import { sqliteFile } from './database.ts';
import { Refusal } from './ending.ts';
import { readFileArgument } from './options.ts';

const REFUSED = {
	'source-missing': 'Chưa có cơ sở dữ liệu để sao lưu.',
	'target-exists': 'Tệp đã có; hãy chọn tên khác, bản sao lưu không bao giờ bị ghi đè.',
	'copy-damaged': 'Bản sao không giống cơ sở dữ liệu nên đã bị bỏ; hãy kiểm tra ổ đĩa.'
};

/** A whole copy in one file, read again and compared before it gets its name. */
export async function run(args: string[], calledIn: string) {
	const target = readFileArgument(args, calledIn);
	const source = sqliteFile(
		() => `PostgreSQL có công cụ sao lưu riêng. Hãy chạy: pg_dump --format=custom --file='${target}' "$DATABASE_URL"`
	);
	noteChains(source);
	const made = backupSqlite(source, target);
	noteChains(source);
	if (!made.ok) throw new Refusal(REFUSED[made.reason]);
	console.log(`Đã sao lưu ${formatCount(made.value.rows)} dòng của ${made.value.tables} bảng vào ${target}.`);
}

/** Notes where the audit log stands, in the witness outside the database; a backup does not wait for what keeps this from being done. */
function noteChains(source: string) {
	if (!existsSync(source)) return;
	try {
		noteHeads(readHeadsOfFile(source), readEnvironment().witnessFile, Date.now());
	} catch (problem) {
		console.error(`Chưa ghi được mốc của nhật ký: ${(problem as Error).message}`);
	}
}
