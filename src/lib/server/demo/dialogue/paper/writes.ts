import { showKeyed } from '../../../../domain/dialogue/keying.ts';
import { HOUR_MS } from '../../../../domain/shared/time.ts';
import { showSerial } from '../../../../domain/survey/serial.ts';
import { newId } from '../../../account/writes.ts';
import type { Db } from '../../../db/db.ts';
import { closeBatch, settleMismatch } from '../../../dialogue/paper/closing/writes.ts';
import { importBatchFile } from '../../../dialogue/paper/file/writes.ts';
import { beginKeying, finishKeying } from '../../../dialogue/paper/keying/writes.ts';
import { compareBatch, readBatch, readPaperAgenda } from '../../../dialogue/paper/reads.ts';
import { addBatch } from '../../../dialogue/paper/writes.ts';
import type { Secret } from '../../../secret/secret.ts';

/** A ballot from the box: its serial, and the sign of each item that it says. */
export interface PaperBallot {
	serial: number;
	choice: string;
}

interface Pile {
	dialogueId: string;
	ballots: readonly PaperBallot[];
	/** Two who key it, and who settles where they differ and closes it. */
	people: { first: string; second: string; third: string };
	now: number;
}

/** Where the second keying slipped. */
const SLIPPED_AT = 127;

/** A pile of paper ballots counted, keyed twice from two files, settled where one finger slipped, and closed. */
export async function keyDemonstrationPile({ db, secret }: { db: Db; secret: Secret }, pile: Pile) {
	const { dialogueId, ballots, people, now } = pile;
	const id = newId();
	const by = (userId: string, hours: number) => ({ userId, now: now + hours * HOUR_MS });
	const counted = { id, dialogueId, hall: 0, counted: ballots.length, countedBy: 'Tổ kiểm phiếu trình diễn' };
	expectDone(await addBatch(db, by(people.third, 0), counted));
	const [round] = await readPaperAgenda(db, dialogueId);
	const digits = ballots.map(({ choice }) => showKeyed(round!, choice));
	const slipped = digits.map((own, i) => (i === SLIPPED_AT ? own.replace(/^./, own.startsWith('5') ? '4' : '5') : own));
	const file = (typed: readonly string[], separator: string) => {
		const rows = ballots.map(({ serial }, i) => `${showSerial(serial)}${separator}${typed[i]}`);
		return new TextEncoder().encode([`Số phiếu${separator}Câu 1`, ...rows, ''].join('\r\n'));
	};
	for (const [userId, bytes] of [
		[people.first, file(digits, ';')],
		[people.second, file(slipped, ',')]
	] as const) {
		expectDone(await beginKeying(db, by(userId, 1), id));
		expectDone(await importBatchFile(db, by(userId, 1), id, bytes));
		expectDone(await finishKeying(db, by(userId, 2), id, true));
	}
	const { mismatches } = await compareBatch(db, (await readBatch(db, id))!);
	for (const { serial, seen } of mismatches)
		expectDone(await settleMismatch(db, by(people.third, 3), id, { serial, seen, stands: 'first', typed: [] }));
	expectDone(await closeBatch({ db, secret }, by(people.third, 3), id));
}

function expectDone(done: { ok: true } | { ok: false; reason: string }) {
	if (!done.ok) throw new Error(`The demonstration's paper was not taken: ${done.reason}`);
}
