import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { HALL_PROBLEMS } from '../../lib/domain/dialogue/hall-words.ts';
import { formatCount } from '../../lib/domain/shared/number.ts';
import type { Db } from '../../lib/server/db/db.ts';
import { readHeld } from '../../lib/server/dialogue/hall/reads.ts';
import { lendDialogue, returnHeld } from '../../lib/server/dialogue/hall/writes.ts';
import type { StoredDialogue } from '../../lib/server/dialogue/reads.ts';
import { withDatabase } from './database.ts';
import { roomNamed, works } from './dialogue.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { pathFrom, readOptions } from './options.ts';

const options = { hall: { type: 'string' } } as const;

/** In the ward: what a hall's machine needs. On that machine: what it brings back. */
export async function run(args: string[], calledIn: string) {
	const { values, positionals } = readOptions({ args, options, allowPositionals: true });
	const [room, name] = positionals;
	if (positionals.length !== 2 || !room || !name) throw new UsageProblem('Phải có mã phòng và tên tệp.');
	const hall = Number(values.hall ?? 1) - 1;
	if (!Number.isSafeInteger(hall) || hall < 0) throw new UsageProblem('--hall là số thứ tự của điểm cầu: 1, 2, 3 …');
	const path = pathFrom(calledIn, name);
	await withDatabase(async (db) => {
		const dialogue = await roomNamed(db, room);
		await writeNew(path, async () => {
			return (await readHeld(db, dialogue.id)) ? giveBack(db, dialogue, path) : lend(db, dialogue, hall, path);
		});
	});
}

async function lend(db: Db, dialogue: StoredDialogue, hall: number, path: string): Promise<string> {
	const lent = await lendDialogue(works(db), { dialogueId: dialogue.id, userId: 'system', now: Date.now() }, hall);
	if (!lent.ok) throw new Refusal(HALL_PROBLEMS[lent.reason].vi);
	const { code, pack, file } = lent.value;
	console.log(
		`Máy hội trường ${pack.packId} (${dialogue.halls[hall]}): ${pack.rounds.length} câu, ${formatCount(pack.slips.length)} phiếu mời.`
	);
	console.log(`Đã ghi ${path}, chỉ người dùng này đọc được. Mã mở tệp, chỉ hiện một lần, hãy mang riêng: ${code}`);
	console.log(
		'Trên máy hội trường: lang-nghe dialogue open TỆP. Sau buổi: lang-nghe dialogue pack MÃ_PHÒNG TỆP, mang tệp về rồi: lang-nghe dialogue merge TỆP.'
	);
	return file;
}

async function giveBack(db: Db, dialogue: StoredDialogue, path: string): Promise<string> {
	const given = await returnHeld(works(db), { dialogueId: dialogue.id, userId: 'system', now: Date.now() });
	if (!given.ok) throw new Refusal(HALL_PROBLEMS[given.reason].vi);
	const { file, returned } = given.value;
	const ballots = returned.rounds.reduce((sum, round) => sum + round.ballots.length, 0);
	console.log(
		`Đã ghi ${formatCount(ballots)} phiếu của ${returned.rounds.length} câu vào ${path}. Trên máy của phường: lang-nghe dialogue merge TỆP.`
	);
	return file;
}

/** Never over a file that is there, and nothing half-written stays. */
async function writeNew(path: string, content: () => Promise<string>) {
	let file: number;
	try {
		file = openSync(path, 'wx', 0o600);
	} catch (problem) {
		throw new Refusal(`Không ghi được tệp ${path}: ${(problem as Error).message}`);
	}
	let written = false;
	try {
		writeFileSync(file, await content(), { flush: true });
		written = true;
	} finally {
		closeSync(file);
		if (!written) rmSync(path, { force: true });
	}
}
