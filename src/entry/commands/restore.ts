import { formatCount } from '../../lib/domain/shared/number.ts';
import { restoreSqlite } from '../../lib/server/db/restore.ts';
import { verifyCounts } from '../../lib/server/report/verify/reads.ts';
import { sqliteFile, withDatabase } from './database.ts';
import { Refusal } from './ending.ts';
import { readFileArgument } from './options.ts';

const REFUSED = {
	'backup-missing': 'Không có tệp này.',
	'backup-unfinished':
		'Tệp còn một tệp "-wal" bên cạnh, nên không phải là bản sao lưu trọn vẹn. Hãy dùng "lang-nghe backup".',
	'backup-damaged': 'Tệp bị hỏng hoặc không phải là bản sao lưu; không có gì bị thay đổi.',
	'backup-foreign': 'Tệp không phải là cơ sở dữ liệu của Lắng nghe; không có gì bị thay đổi.',
	'backup-newer': 'Bản sao lưu do một phiên bản mới hơn tạo ra; hãy nâng cấp chương trình trước.',
	'database-in-use': 'Máy chủ hoặc một lệnh khác đang dùng cơ sở dữ liệu; hãy dừng nó trước.'
};

/** Puts a backup in the database's place; what stood there is kept beside it under the time of the restore. */
export async function run(args: string[], calledIn: string) {
	const backup = readFileArgument(args, calledIn);
	const target = sqliteFile(
		() => `PostgreSQL có công cụ khôi phục riêng. Hãy chạy: pg_restore --clean --dbname="$DATABASE_URL" '${backup}'`
	);
	const restored = restoreSqlite(backup, target, new Date());
	if (!restored.ok) throw new Refusal(REFUSED[restored.reason]);
	const { keptAs } = restored.value;
	const { sheets, differences } = await withDatabase(verifyCounts);
	console.log(`Đã khôi phục ${formatCount(sheets)} phiếu.${keptAs ? ` Dữ liệu cũ ở ${keptAs}.` : ''}`);
	if (differences.length > 0) {
		throw new Refusal(
			`Đã khôi phục, nhưng ${formatCount(differences.length)} số đếm khác với phiếu; hãy chạy "verify".`
		);
	}
}
