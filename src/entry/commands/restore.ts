import { existsSync, readFileSync } from 'node:fs';
import { sayFault, type ChainProblem } from '../../lib/domain/account/chain.ts';
import { formatCount } from '../../lib/domain/shared/number.ts';
import { readWitness } from '../../lib/server/account/audit/witness/reads.ts';
import { isSealed, isSealedWithWords, readIdentities, type OpenWith } from '../../lib/server/backup/seal.ts';
import { readFingerprint } from '../../lib/server/db/content.ts';
import { openDb } from '../../lib/server/db/open.ts';
import { checkSqlite, restoreSqlite } from '../../lib/server/db/restore.ts';
import { readEnvironment } from '../../lib/server/environment.ts';
import { verifyCounts } from '../../lib/server/report/verify/reads.ts';
import { learnPublished } from '../../lib/server/survey/reads.ts';
import { sqliteFile } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { pathFrom, readOptions } from './options.ts';
import { takePassphrase } from './password-input.ts';

const REFUSED = {
	'backup-missing': 'Không có tệp này.',
	'backup-unfinished':
		'Tệp còn một tệp "-wal" bên cạnh, nên không phải là bản sao lưu trọn vẹn. Hãy dùng "lang-nghe backup".',
	'backup-raw':
		'Tệp được chép thẳng từ một cơ sở dữ liệu, có thể thiếu phần mới nhất (nằm ở tệp "-wal"). Nếu chắc chắn lúc chép không ai đang mở nó, hãy thêm --raw.',
	'backup-damaged': 'Tệp bị hỏng hoặc không phải là bản sao lưu; không có gì bị thay đổi.',
	'backup-foreign': 'Tệp không phải là cơ sở dữ liệu của Lắng nghe; không có gì bị thay đổi.',
	'backup-newer': 'Bản sao lưu do một phiên bản mới hơn tạo ra; hãy nâng cấp chương trình trước.',
	'key-missing': 'Bản sao lưu được mã hóa cho một khóa; hãy thêm --key TỆP_KHÓA.',
	'key-wrong': 'Khóa hoặc mật khẩu không mở được tệp này (hoặc phần đầu tệp đã hỏng); không có gì bị thay đổi.',
	'log-rewritten':
		'Nhật ký trong bản sao lưu khác với mốc đã ghi ngoài cơ sở dữ liệu: có dòng đã bị viết lại. Nếu vẫn muốn khôi phục, hãy thêm --any-log.',
	'log-foreign':
		'Tệp mốc không nhận ra nhật ký của bản sao lưu này: có lẽ là của đơn vị khác. Nếu vẫn muốn khôi phục, hãy thêm --any-log.',
	'database-in-use': 'Máy chủ hoặc một lệnh khác đang dùng cơ sở dữ liệu; hãy dừng nó trước.'
};

const options = {
	key: { type: 'string' },
	'passphrase-stdin': { type: 'boolean' },
	check: { type: 'boolean' },
	raw: { type: 'boolean' },
	'any-log': { type: 'boolean' }
} as const;

/**
 * Puts a backup in the database's place; what stood there is kept beside it under the time of the restore. With --check everything is
 * looked at as a restore would, down to each count, and nothing is put anywhere.
 */
export async function run(args: string[], calledIn: string) {
	const startedAt = performance.now();
	const { values, positionals } = readOptions({ args, options, allowPositionals: true });
	if (positionals.length !== 1 || positionals[0] === '') throw new UsageProblem('Phải có đúng một tên tệp.');
	const backup = pathFrom(calledIn, positionals[0]);
	const target = sqliteFile(
		() => `PostgreSQL có công cụ khôi phục riêng. Hãy chạy: pg_restore --clean --dbname="$DATABASE_URL" '${backup}'`
	);
	const witness = readWitness(readEnvironment().witnessFile);
	const by = await chosenKey(backup, values, calledIn);
	const how = { by, anchors: witness.anchors, raw: values.raw, anyLog: values['any-log'] };

	const done = values.check
		? await checkSqlite(backup, target, how, lookFurther)
		: await restoreSqlite(backup, target, new Date(), how);
	if (!done.ok) throw new Refusal(REFUSED[done.reason]);
	const { fingerprint, log } = done.value;
	const { sheets, differences, after } = 'seen' in done.value ? done.value.seen : await lookFurther(target);
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).replace('.', ',');
	if ('keptAs' in done.value) {
		const { keptAs } = done.value;
		console.log(`Đã khôi phục ${formatCount(sheets)} phiếu.${keptAs ? ` Dữ liệu cũ ở ${keptAs}.` : ''}`);
	} else {
		console.log(`Bản sao lưu mở được và trọn vẹn: ${formatCount(sheets)} phiếu; không có gì bị thay đổi.`);
	}
	console.log(`Thời gian khôi phục (RTO): ${seconds} giây, kể cả soát lại mọi số đếm.`);
	if (after === fingerprint) console.log(`Số đếm trước và sau giống hệt nhau, dấu vân tay ${fingerprint}.`);
	else console.log(`Bản sao lưu cũ đã được nâng cấp; dấu vân tay số đếm ${fingerprint}, nay là ${after}.`);
	sayLog(log, witness.missing);
	if (differences.length > 0) {
		throw new Refusal(
			`${values.check ? 'Trong bản sao lưu' : 'Đã khôi phục, nhưng'} ${formatCount(differences.length)} số đếm khác với phiếu; hãy chạy "verify".`
		);
	}
	console.log('Không có gì khác biệt (nothing differs).');
	saySecret(!values.check);
}

/** Every count from its sheets again; an older database is brought up to this version by being opened. */
async function lookFurther(path: string) {
	const db = await openDb(`file:${path}`);
	try {
		await learnPublished(db);
		const { sheets, differences } = await verifyCounts(db);
		return { sheets, differences, after: readFingerprint(path) };
	} finally {
		await db.store.close();
	}
}

async function chosenKey(
	backup: string,
	values: { key?: string; 'passphrase-stdin'?: boolean },
	calledIn: string
): Promise<OpenWith | undefined> {
	if (values.key !== undefined) {
		const path = pathFrom(calledIn, values.key);
		if (!existsSync(path)) throw new Refusal(`Không có tệp khóa ${path}.`);
		const identities = readIdentities(readFileSync(path, 'utf8'));
		if (!identities) throw new Refusal(`${path} không phải là tệp khóa; khóa bắt đầu bằng AGE-SECRET-KEY-.`);
		return { identities };
	}
	const words = values['passphrase-stdin'] || (existsSync(backup) && isSealed(backup) && isSealedWithWords(backup));
	return words ? { passphrase: await takePassphrase(values['passphrase-stdin'], 'known') } : undefined;
}

/** What the witness outside the database says about the log of the backup. */
function sayLog(log: readonly ChainProblem[], isMissing: boolean) {
	if (isMissing) return console.log('Chưa có tệp mốc ngoài cơ sở dữ liệu để so nhật ký.');
	if (log.length === 0) return console.log('Nhật ký khớp với mọi mốc đã ghi ngoài cơ sở dữ liệu.');
	for (const problem of log) console.log(`Nhật ký ${problem.organizationId}: ${sayFault(problem, 'vi')}.`);
	console.log(
		'Tệp mốc nhớ những dòng mới hơn bản sao lưu: việc xảy ra sau đó không có trong bản này. Hãy giữ tệp mốc lại dưới tên khác rồi mới chạy máy chủ.'
	);
}

/** Tickets and requests are kept under a secret that no backup holds. */
function saySecret(isRestored: boolean) {
	const { secretKey, secretFile } = readEnvironment();
	if (!isRestored || secretKey || existsSync(secretFile)) return;
	console.log(`Còn thiếu khóa bí mật ${secretFile}: hãy đặt lại tệp cũ (bản sao cất riêng) trước khi chạy máy chủ.`);
}
