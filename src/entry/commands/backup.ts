import { existsSync } from 'node:fs';
import { formatDay } from '../../lib/domain/shared/time.ts';
import { formatCount } from '../../lib/domain/shared/number.ts';
import { readHeadsOfFile } from '../../lib/server/account/audit/witness/reads.ts';
import { noteHeads } from '../../lib/server/account/audit/witness/writes.ts';
import { badRecipient, type SealWith } from '../../lib/server/backup/seal.ts';
import { backupNight, backupSealed } from '../../lib/server/backup/writes.ts';
import { backupSqlite, type Backup } from '../../lib/server/db/backup.ts';
import { readEnvironment } from '../../lib/server/environment.ts';
import { sqliteFile } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { pathFrom, readOptions } from './options.ts';
import { takePassphrase } from './password-input.ts';

const REFUSED = {
	'source-missing': 'Chưa có cơ sở dữ liệu để sao lưu.',
	'target-exists': 'Tệp đã có; hãy chọn tên khác, bản sao lưu không bao giờ bị ghi đè.',
	'copy-damaged': 'Bản sao không giống cơ sở dữ liệu nên đã bị bỏ; hãy kiểm tra ổ đĩa.',
	'seal-damaged': 'Tệp đã mã hóa mở lại không giống bản sao nên đã bị bỏ; hãy kiểm tra ổ đĩa nơi lưu.'
};

const options = {
	recipient: { type: 'string', multiple: true },
	passphrase: { type: 'boolean' },
	'passphrase-stdin': { type: 'boolean' },
	plain: { type: 'boolean' },
	nightly: { type: 'boolean' }
} as const;

/** A whole copy in one file, read again and compared before it gets its name; sealed where somebody is named who can open it. */
export async function run(args: string[], calledIn: string) {
	const { values, positionals } = readOptions({ args, options, allowPositionals: true });
	if (values.nightly) return runNight(args);
	if (positionals.length !== 1 || positionals[0] === '') throw new UsageProblem('Phải có đúng một tên tệp.');
	const target = pathFrom(calledIn, positionals[0]);
	const source = sqliteFile(
		() => `PostgreSQL có công cụ sao lưu riêng. Hãy chạy: pg_dump --format=custom --file='${target}' "$DATABASE_URL"`
	);
	if (existsSync(target)) throw new Refusal(REFUSED['target-exists']);
	const seal = await chosenSeal(values);
	noteChains(source);
	const made = seal ? await backupSealed(source, target, seal) : backupSqlite(source, target);
	noteChains(source);
	if (!made.ok) throw new Refusal(REFUSED[made.reason]);
	console.log(sayBackup(made.value, target));
	if (!seal && !values.plain) {
		console.error(
			'Tệp này chưa được mã hóa: ai có tệp đều đọc được. Hãy dùng --passphrase, hoặc tạo khóa bằng "lang-nghe backup-key".'
		);
	}
}

async function runNight(args: string[]) {
	if (args.length > 1) throw new UsageProblem('--nightly đứng một mình: nơi lưu lấy từ BACKUP_DIR.');
	const { backup } = readEnvironment();
	if (!backup) throw new Refusal('Chưa đặt nơi sao lưu hằng đêm: cần BACKUP_DIR và BACKUP_RECIPIENT.');
	const source = sqliteFile(() => 'PostgreSQL có công cụ sao lưu riêng.');
	const bad = badRecipient(backup.recipients);
	if (bad !== null)
		throw new Refusal(`BACKUP_RECIPIENT: "${bad}" không phải là khóa công khai; khóa bắt đầu bằng age1.`);
	noteChains(source);
	const made = await backupNight(source, backup, Date.now());
	noteChains(source);
	if (!made.ok && made.reason === 'target-exists') return console.log('Đêm này đã có bản sao lưu.');
	if (!made.ok) throw new Refusal(REFUSED[made.reason]);
	const { night, path, removed } = made.value;
	console.log(`Đêm ${formatDay(night)}: ${sayBackup(made.value, path)}`);
	if (removed.length > 0) console.log(`Đã bỏ ${removed.length} bản cũ: ${removed.join(', ')}.`);
}

function sayBackup({ rows, tables, fingerprint }: Backup, path: string): string {
	return `Đã sao lưu ${formatCount(rows)} dòng của ${tables} bảng vào ${path}. Dấu vân tay số đếm: ${fingerprint}`;
}

/** What was asked for, else what is configured; null: nobody named a key or words. */
async function chosenSeal(values: {
	recipient?: string[];
	passphrase?: boolean;
	'passphrase-stdin'?: boolean;
	plain?: boolean;
}): Promise<SealWith | null> {
	const words = values.passphrase || values['passphrase-stdin'];
	const asked = [values.recipient, words, values.plain].filter(Boolean).length;
	if (asked > 1) throw new UsageProblem('Chỉ chọn một: --recipient, --passphrase hoặc --plain.');
	if (words) return { passphrase: await takePassphrase(values['passphrase-stdin'], 'new') };
	const recipients = values.plain ? [] : (values.recipient ?? readEnvironment().backup?.recipients ?? []);
	expectRecipients(recipients);
	return recipients.length > 0 ? { recipients } : null;
}

function expectRecipients(recipients: readonly string[]) {
	const bad = badRecipient(recipients);
	if (bad !== null) throw new UsageProblem(`"${bad}" không phải là khóa công khai; khóa bắt đầu bằng age1.`);
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
