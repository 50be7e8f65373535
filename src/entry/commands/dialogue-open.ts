import { text as textOf } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import { HALL_PROBLEMS } from '../../lib/domain/dialogue/hall-words.ts';
import { formatCount } from '../../lib/domain/shared/number.ts';
import { openLent } from '../../lib/server/dialogue/hall/writes.ts';
import { chosenOrganization, withDatabase } from './database.ts';
import { textOfFile, works } from './dialogue.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { pathFrom, readOptions } from './options.ts';

const options = { org: { type: 'string' }, 'code-stdin': { type: 'boolean' } } as const;

/** Makes the ward's dialogue on the machine that stands in the hall. */
export async function run(args: string[], calledIn: string) {
	const { values, positionals } = readOptions({ args, options, allowPositionals: true });
	if (positionals.length !== 1 || positionals[0] === '') throw new UsageProblem('Phải có đúng một tên tệp.');
	const file = textOfFile(pathFrom(calledIn, positionals[0]));
	const code = values['code-stdin'] ? await textOf(process.stdin) : await askCode();
	await withDatabase(async (db) => {
		const { id, name } = await chosenOrganization(db, values.org);
		const by = { organizationId: id, userId: 'system', now: Date.now() };
		const opened = await openLent(works(db), by, { file, code });
		if (!opened.ok) throw new Refusal(HALL_PROBLEMS[opened.reason].vi);
		const { dialogue, rounds, slips } = opened.value;
		console.log(`Đã mở “${dialogue.title}” tại ${name}: ${rounds.length} câu, ${formatCount(slips.length)} phiếu mời.`);
		console.log(
			`Bàn điều hành: /live/${dialogue.room}/desk; người dự vào /live/${dialogue.room} trên mạng của hội trường.`
		);
	});
}

async function askCode(): Promise<string> {
	if (!process.stdin.isTTY) throw new UsageProblem('Không có màn hình để hỏi mã mở tệp; hãy dùng --code-stdin.');
	const reader = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return await reader.question('Mã mở tệp: ');
	} finally {
		reader.close();
	}
}
