import { formatCount } from '../../lib/domain/shared/number.ts';
import { backupSqlite } from '../../lib/server/db/backup.ts';
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
	const made = backupSqlite(source, target);
	if (!made.ok) throw new Refusal(REFUSED[made.reason]);
	console.log(`Đã sao lưu ${formatCount(made.value.rows)} dòng của ${made.value.tables} bảng vào ${target}.`);
}
