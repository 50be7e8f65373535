import { addDialogue, type NewDialogue, type NewRound } from '../../src/lib/server/dialogue/writes.ts';
import { readDialogue, readRounds } from '../../src/lib/server/dialogue/reads.ts';
import { commandDialogue } from '../../src/lib/server/dialogue/desk/writes.ts';
import type { DeskCommand } from '../../src/lib/domain/dialogue/desk.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { NOON } from './sheet.ts';

export const aRound = (change: Partial<NewRound> = {}): NewRound => ({
	kind: 'single',
	text: 'Ông/Bà muốn ưu tiên việc nào?',
	options: ['Chỗ ngồi chờ', 'Máy lấy số', 'Làm thêm sáng thứ Bảy'],
	most: 1,
	criterion: null,
	items: 0,
	changeable: true,
	onPaper: true,
	versionId: null,
	...change
});

/** A dialogue of a ward with an agenda, its desk at hand. */
export async function aDialogue(
	serving: Serving,
	change: Partial<NewDialogue> = {},
	agenda: readonly NewRound[] = [aRound()]
) {
	const dialogue = {
		title: 'Đối thoại thử',
		place: 'Hội trường phường',
		day: '2026-11-23',
		time: '08:00',
		streamUrl: '',
		halls: ['Hội trường chính'],
		hallProof: 'none' as const,
		rehearsal: false,
		...change
	};
	const { id, room } = await addDialogue(serving, { organizationId: 'w1', userId: 'u1', now: NOON }, dialogue, agenda);
	const own = await readRounds(serving.db, id);
	/** At whatever version the desk is now. */
	const command = async (command: DeskCommand, now = NOON) => {
		const { version } = (await readDialogue(serving.db, id))!;
		return commandDialogue(serving.db, { dialogueId: id, command, expected: version, userId: 'u1', now });
	};
	return { id, room, rounds: own, command };
}
