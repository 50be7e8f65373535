import { HALL_PROBLEMS } from '../../lib/domain/dialogue/hall-words.ts';
import { formatCount } from '../../lib/domain/shared/number.ts';
import { formatInstant } from '../../lib/domain/shared/time.ts';
import { mergeReturn } from '../../lib/server/dialogue/hall/merge/writes.ts';
import { withDatabase } from './database.ts';
import { textOfFile, works } from './dialogue.ts';
import { Refusal } from './ending.ts';
import { readFileArgument } from './options.ts';

/** Brings in what a hall's machine gave back; the same file again changes nothing. */
export async function run(args: string[], calledIn: string) {
	const file = textOfFile(readFileArgument(args, calledIn));
	await withDatabase(async (db) => {
		const merged = await mergeReturn(works(db), file, { userId: 'system', now: Date.now() });
		if (!merged.ok) throw new Refusal(HALL_PROBLEMS[merged.reason].vi);
		const { dialogue, hall, added, rounds } = merged.value;
		console.log(`“${dialogue.title}”, ${dialogue.halls[hall]}: thêm ${formatCount(added)} phiếu.`);
		for (const round of rounds) {
			const { text, acknowledged, merged: stand, already, conflicts, serials, gap, openedAt, finalAt } = round;
			const span = `${openedAt === null ? '?' : formatInstant(openedAt)} – ${formatInstant(finalAt)}`;
			console.log(
				`${text} (${span}): hội trường báo nhận ${acknowledged}, đã ghép ${stand} (có sẵn ${already}), trùng ${conflicts}, thiếu ${gap}.`
			);
			if (serials.length > 0)
				console.log(`  Phiếu mời bỏ ở cả hai nơi, lá bỏ ở phường được giữ: ${serials.join(', ')}.`);
		}
	});
}
