import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import {
	phonesAtMost,
	REHEARSAL_PHONES,
	rehearsalProblems,
	type RehearsalProblem,
	type RehearsalResult
} from '../../lib/domain/dialogue/rehearsal.ts';
import { formatCount } from '../../lib/domain/shared/number.ts';
import { readDialogueOfRoom } from '../../lib/server/dialogue/reads.ts';
import { beginRehearsal } from '../../lib/server/dialogue/rehearsal/writes.ts';
import { readEnvironment } from '../../lib/server/environment.ts';
import { rehearse, type Rehearsed } from '../../lib/server/live/rehearse.ts';
import { openSecret } from '../../lib/server/secret/secret.ts';
import { withDatabase } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { readOptions } from './options.ts';

const options = { phones: { type: 'string' }, kill: { type: 'boolean' }, json: { type: 'boolean' } } as const;
const OBSTACLES = {
	'live-elsewhere': 'Có buổi đối thoại thật đang diễn ra trên máy này; không diễn tập lúc này.',
	running: 'Một buổi diễn tập khác đang chạy.'
};
const PROBLEMS: Record<RehearsalProblem, string> = {
	'not-exact': 'số phiếu đã báo nhận khác số phiếu đếm được',
	moved: 'kết quả đã chốt còn thay đổi',
	refused: 'có phiếu bị từ chối oan',
	slow: 'có phiếu phải chờ quá 2 giây',
	'streams-lost': 'có điện thoại không nối lại được',
	processor: 'bộ xử lý bận quá 60 %'
};
const START_MS = 60_000;

/** A rehearsal on a server of its own over the database of the environment, so that even killing it is part of the play. */
export async function run(args: string[]) {
	const { values, positionals } = readOptions({ args, options, allowPositionals: true });
	const phones = Number(values.phones ?? REHEARSAL_PHONES.at(-1));
	if (positionals.length !== 1) throw new UsageProblem('Phải có đúng một mã phòng.');
	if (!REHEARSAL_PHONES.some((each) => each === phones)) {
		throw new UsageProblem(`Số điện thoại phải là ${REHEARSAL_PHONES.join(', ')}.`);
	}
	if (!existsSync('build/handler.js'))
		throw new Refusal('Chương trình chưa được dựng. Hãy chạy "npm run build" trước.');
	const result = await withDatabase(async (db) => {
		const dialogue = await readDialogueOfRoom(db, positionals[0]!.toLowerCase());
		if (!dialogue) throw new Refusal(`Không có buổi đối thoại nào với mã ${positionals[0]}.`);
		const secret = openSecret(readEnvironment());
		const begun = await beginRehearsal({ db, secret }, dialogue, { phones, userId: 'system', now: Date.now() });
		if (!begun.ok) throw new Refusal(OBSTACLES[begun.reason]);
		const server = new OwnServer(await freePort());
		try {
			await server.start();
			return await rehearse(db, begun.value, values.kill ? server : server.unkillable(), phones);
		} finally {
			await server.stop();
		}
	});
	if (!result) throw new Refusal('Buổi diễn tập đã bị huỷ.');
	if (values.json) console.log(JSON.stringify(result));
	else for (const line of linesOf(result)) console.log(line);
	const problems = rehearsalProblems(result);
	if (problems.length > 0) throw new Refusal(`CHƯA ĐẠT: ${problems.map((each) => PROBLEMS[each]).join('; ')}.`);
	console.log(values.json ? '' : 'ĐẠT: mọi phiếu đã báo nhận đều được đếm, máy còn dư sức.');
}

const NAMES = { plain: 'Bình chọn thường', fault: 'Có sự cố', race: 'Đóng giữa lúc gửi' };

function linesOf({ trials, ...all }: RehearsalResult): string[] {
	const { phones, watching, watchingAtEnd, faultMs, deadMs, processor, memoryMb } = all;
	return [
		`${formatCount(phones)} điện thoại, ${formatCount(watching)} nối được lúc đầu, ${formatCount(watchingAtEnd)} lúc cuối.`,
		...trials.map(({ trial, acknowledged, counted, late, refused, retried, median, p99 }) => {
			const figures = `báo nhận ${acknowledged.join('/')}, đếm được ${counted.join('/')}`;
			return `${NAMES[trial]}: ${figures}; muộn ${late}, từ chối oan ${refused}, gửi lại ${retried}; giữa ${median} ms, p99 ${p99} ms.`;
		}),
		`502 giả ${faultMs} ms, máy chủ ngừng ${Math.round(deadMs)} ms. Bộ xử lý lúc bận nhất ${Math.round(100 * processor)} % một nhân, bộ nhớ ${memoryMb} MB; ước chừng chịu được ${formatCount(phonesAtMost(all))} điện thoại.`
	];
}

class OwnServer implements Rehearsed {
	readonly host = '127.0.0.1';
	readonly port: number;
	#child: ChildProcess | null = null;

	constructor(port: number) {
		this.port = port;
	}

	async start() {
		const env = { ...process.env, PORT: String(this.port), HOST: this.host, ORIGIN: '', DEMO: '0' };
		const argv = ['--disable-warning=ExperimentalWarning', 'src/entry/serve.js'];
		const child = (this.#child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] }));
		await new Promise<void>((ready, failed) => {
			const tooLong = setTimeout(() => failed(new Refusal('Máy chủ diễn tập không khởi động được.')), START_MS);
			child.once('exit', () => failed(new Refusal('Máy chủ diễn tập không khởi động được.')));
			child.stdout.on('data', (text: Buffer) => {
				if (!/^ready /m.test(text.toString())) return;
				clearTimeout(tooLong);
				ready();
			});
		});
	}

	kill = async () => {
		const began = performance.now();
		const gone = once(this.#child!, 'exit');
		this.#child!.kill('SIGKILL');
		await gone;
		await this.start();
		return performance.now() - began;
	};

	unkillable(): Rehearsed {
		const { host, port, processorSeconds, memoryMb } = this;
		return { host, port, processorSeconds, memoryMb };
	}

	async stop() {
		if (this.#child?.exitCode !== null || this.#child.signalCode !== null) return;
		const gone = once(this.#child, 'exit');
		this.#child.kill('SIGTERM');
		await gone;
	}

	processorSeconds = () => {
		const fields = this.#proc('stat').split(') ')[1]?.split(' ') ?? [];
		return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
	};

	memoryMb = () => Number(/VmRSS:\s+(\d+)/.exec(this.#proc('status'))?.[1] ?? 0) / 1024;

	/** Linux tells it; elsewhere, and of one that is just dead, nothing is known. */
	#proc(what: string): string {
		try {
			return readFileSync(`/proc/${this.#child?.pid}/${what}`, 'utf8');
		} catch {
			return '';
		}
	}
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	await new Promise((closed) => probe.close(closed));
	return port;
}
