import { HALL_PROBLEMS } from '../../lib/domain/dialogue/hall-words.ts';
import { dropPack } from '../../lib/server/dialogue/hall/writes.ts';
import { withDatabase } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { readOptions } from './options.ts';

const options = { reason: { type: 'string' } } as const;

/** Nothing is waited for from a hall's machine any more: it was not used, or is lost. The reason stands on the result sheet. */
export async function run(args: string[]) {
	const { values, positionals } = readOptions({ args, options, allowPositionals: true });
	const [packId] = positionals;
	const reason = (values.reason ?? '').normalize('NFC').trim();
	if (positionals.length !== 1 || !packId) throw new UsageProblem('Phải có mã máy hội trường.');
	if (reason === '' || reason.length > 300) throw new UsageProblem('Phải có --reason, tối đa 300 ký tự.');
	const dropped = await withDatabase((db) => dropPack(db, { packId, reason, userId: 'system', now: Date.now() }));
	if (!dropped.ok) throw new Refusal(HALL_PROBLEMS[dropped.reason].vi);
	console.log(`Thôi chờ máy hội trường ${packId}. Lý do này sẽ được nêu trên phiếu kết quả.`);
}
