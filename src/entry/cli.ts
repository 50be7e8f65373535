import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadEnvironment } from '../lib/server/environment.ts';
import { Refusal, UsageProblem } from './commands/ending.ts';

/** A command gets what stands after its name and the folder it was called in, since the program itself works in its own folder. */
export type Command = (args: string[], calledIn: string) => Promise<void>;

const DONE = 0;
const USAGE = 2;
const REFUSED = 3;

const COMMANDS: Record<string, { usage: string; says: string; load: () => Promise<{ run: Command }> }> = {
	index: {
		usage: 'index --by officer|counter|field|site|channel|criterion|version|week|month --from NGÀY --to NGÀY [--json]',
		says: 'in bảng chỉ số hài lòng; thêm --channel, --method, --version, --org khi cần',
		load: () => import('./commands/index-table.ts')
	},
	export: {
		usage: 'export [--from NGÀY] [--to NGÀY] [--out TỆP]',
		says: 'xuất số đếm tổng hợp theo ngày ra CSV; thêm --version, --org khi cần',
		load: () => import('./commands/export.ts')
	},
	import: {
		usage: 'import TỆP --map BẢNG_GHÉP.json [--org ĐƠN_VỊ] [--dry-run]',
		says: 'nhập phiếu trả lời từ tệp CSV của nơi khác: tất cả hoặc không gì cả; --dry-run: chỉ xem thử',
		load: () => import('./commands/import.ts')
	},
	verify: {
		usage: 'verify [--audit [--anchor DÒNG:MÃ]]',
		says: 'tính lại mọi số đếm từ các phiếu và nêu từng chỗ khác; --audit: soát nhật ký với tệp mốc và chân trang in',
		load: () => import('./commands/verify.ts')
	},
	backup: {
		usage:
			'backup TỆP [--recipient KHÓA_CÔNG_KHAI | --passphrase | --passphrase-stdin | --plain]  hoặc  backup --nightly',
		says: 'sao lưu cơ sở dữ liệu SQLite ra một tệp, cả khi máy chủ đang chạy, mã hóa cho một khóa hay một mật khẩu; --nightly: bản của đêm nay vào BACKUP_DIR',
		load: () => import('./commands/backup.ts')
	},
	'backup-key': {
		usage: 'backup-key TỆP_KHÓA',
		says: 'tạo cặp khóa cho bản sao lưu: khóa riêng vào tệp để cất ngoài máy chủ, khóa công khai ra màn hình',
		load: () => import('./commands/backup-key.ts')
	},
	restore: {
		usage: 'restore TỆP [--key TỆP_KHÓA | --passphrase-stdin] [--check] [--raw] [--any-log]',
		says: 'kiểm tra rồi khôi phục từ bản sao lưu; dữ liệu cũ được giữ lại bên cạnh; --check: chỉ kiểm tra, không đổi gì',
		load: () => import('./commands/restore.ts')
	},
	migrate: {
		usage: 'migrate',
		says: 'đưa cơ sở dữ liệu lên phiên bản của chương trình',
		load: () => import('./commands/migrate.ts')
	},
	rehearse: {
		usage: 'rehearse MÃ_PHÒNG [--phones 60|500|2000] [--kill] [--json]',
		says: 'diễn tập buổi đối thoại với điện thoại mô phỏng trên một máy chủ riêng; --kill: ngắt máy chủ giữa chừng',
		load: () => import('./commands/rehearse.ts')
	},
	'dialogue pack': {
		usage: 'dialogue pack MÃ_PHÒNG TỆP [--hall SỐ_ĐIỂM_CẦU]',
		says: 'máy của phường: mang buổi đối thoại đến hội trường không có mạng; máy hội trường: mang phiếu về',
		load: () => import('./commands/dialogue-pack.ts')
	},
	'dialogue open': {
		usage: 'dialogue open TỆP [--org ĐƠN_VỊ] [--code-stdin]',
		says: 'trên máy hội trường: mở buổi đối thoại từ tệp của phường; mã mở tệp được hỏi trên màn hình',
		load: () => import('./commands/dialogue-open.ts')
	},
	'dialogue merge': {
		usage: 'dialogue merge TỆP',
		says: 'trên máy của phường: ghép phiếu của máy hội trường; nêu rõ phiếu trùng và phiếu thiếu',
		load: () => import('./commands/dialogue-merge.ts')
	},
	'dialogue drop': {
		usage: 'dialogue drop MÃ_MÁY --reason LÝ_DO',
		says: 'thôi chờ một máy hội trường không dùng đến hoặc đã mất; lý do được nêu trên phiếu kết quả',
		load: () => import('./commands/dialogue-drop.ts')
	},
	'user add': {
		usage: 'user add --login TÊN --name "HỌ TÊN" --role VAI_TRÒ [--site ĐỊA_ĐIỂM] [--password-stdin]',
		says: 'thêm người dùng; mật khẩu được hỏi trên màn hình hoặc đọc từ đầu vào',
		load: () => import('./commands/user-add.ts')
	},
	'user reset-password': {
		usage: 'user reset-password --login TÊN [--password-stdin]',
		says: 'đặt mật khẩu mới cho người không vào được nữa; mọi phiên của họ được đóng',
		load: () => import('./commands/user-reset-password.ts')
	},
	'user reset-second-factor': {
		usage: 'user reset-second-factor --login TÊN',
		says: 'gỡ xác thực hai lớp của người đã mất điện thoại và mã dự phòng',
		load: () => import('./commands/user-reset-second-factor.ts')
	},
	'secret renew': {
		usage: 'secret renew',
		says: 'khi khoá bí mật cũ đã mất hẳn: bắt đầu lại với khoá mới; mã trên giấy hẹn đã in và yêu cầu đã lưu không dùng được nữa',
		load: () => import('./commands/secret-renew.ts')
	},
	demo: {
		usage: 'demo',
		says: 'nạp phường trình diễn vào cơ sở dữ liệu trống',
		load: () => import('./commands/demo.ts')
	}
};

/** Runs one command; the answer is the exit code: 0 done, 2 not asked rightly, 3 refused, the last two with a sentence. */
export async function main(args: string[]): Promise<number> {
	const calledIn = process.cwd();
	process.chdir(join(dirname(fileURLToPath(import.meta.url)), '../..'));
	const name = ['user', 'secret', 'dialogue'].includes(args[0] ?? '') ? args.slice(0, 2).join(' ') : (args[0] ?? '');
	if (['', 'help', '--help', '-h'].includes(name)) return help(name === '' ? USAGE : DONE);
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (!command) return say(USAGE, `Không có lệnh "${name}". Gõ "npx lang-nghe help" để xem các lệnh.`);
	const rest = args.slice(name.split(' ').length);
	if (rest.includes('--help') || rest.includes('-h')) return help(DONE, name);
	try {
		const { run } = await command.load();
		await run(rest, calledIn);
		return DONE;
	} catch (problem) {
		if (problem instanceof Refusal) return say(REFUSED, problem.message);
		if (problem instanceof UsageProblem) return say(USAGE, `${problem.message}\nCách dùng: lang-nghe ${command.usage}`);
		if (problem instanceof BadEnvironment) return say(USAGE, problem.message);
		const message = problem instanceof Error ? problem.message : String(problem);
		return say(REFUSED, `Lệnh "${name}" không làm được: ${message}`);
	}
}

function help(code: number, only?: string): number {
	const lines = Object.entries(COMMANDS)
		.filter(([name]) => only === undefined || name === only)
		.map(([, { usage, says }]) => `  lang-nghe ${usage}\n      ${says}`);
	const text = [
		'Lắng nghe – đo mức độ hài lòng tại Trung tâm Phục vụ hành chính công.',
		...lines,
		'NGÀY viết như 2026-11-23. Cơ sở dữ liệu lấy từ DATABASE_URL hoặc DATA_DIR.',
		'Mã thoát: 0 xong, 2 gõ sai, 3 bị từ chối.'
	].join('\n');
	(code === DONE ? console.log : console.error)(text);
	return code;
}

function say(code: number, sentence: string): number {
	console.error(sentence);
	return code;
}
