import { lineKey, sheetKey, type IntakeState } from '../../domain/submission/intake.ts';
import { isReceived } from '../../domain/terminal/sequence.ts';
import { find } from '../db/bulk.ts';
import type { Tx } from '../db/db.ts';
import { ledger, sheets } from '../db/schema/submission.ts';
import { terminalSequences } from '../db/schema/terminal.ts';

/** An arriving sheet, as far as looking up what it may touch needs it. */
interface Expected {
	organizationId: string;
	terminalId: string;
	sheet: { sequence: number };
	storedId: string;
	storedReplaces: string | null;
}

/** What `judge` needs, and the tablets' rows that its ranges came from, by tablet. */
export interface Known extends IntakeState {
	sequences: Map<string, typeof terminalSequences.$inferSelect>;
}

/**
 * Everything stored that a group of arrivals of these tablets may meet: the same and the neighbouring running numbers, and the same
 * ids. A sheet that was stored has a number that has come, so unless `byEveryId` only those are looked up by id; another tablet's
 * sheet under the same id then shows when it cannot be inserted.
 */
export async function readIntakeState(
	tx: Tx,
	arrivals: readonly Expected[],
	terminalIds: ReadonlySet<string>,
	byEveryId: boolean
): Promise<Known> {
	const sequences = await find(
		tx,
		terminalSequences,
		['terminalId'],
		[...terminalIds].map((terminalId) => ({ terminalId }))
	);
	const ranges = new Map(sequences.map((row) => [row.terminalId, row.ranges]));
	const hasCome = ({ terminalId, sheet }: Expected) => isReceived(ranges.get(terminalId) ?? [], sheet.sequence);
	const known = await find(
		tx,
		sheets,
		['organizationId', 'id'],
		arrivals
			.filter((arrival) => byEveryId || hasCome(arrival))
			.map(({ organizationId, storedId }) => ({ organizationId, id: storedId }))
	);
	const state: Known = {
		sheets: new Map(known.map((sheet) => [sheetKey(sheet.organizationId, sheet.id), sheet])),
		ledger: new Map(),
		ranges,
		sequences: new Map(sequences.map((row) => [row.terminalId, row]))
	};
	const fresh = arrivals.filter(
		({ organizationId, storedId }) => !state.sheets.has(sheetKey(organizationId, storedId))
	);
	const lines = neighbours(fresh, state.ranges);
	for (const line of await find(tx, ledger, ['organizationId', 'terminalId', 'sequence'], lines)) {
		state.ledger.set(lineKey(line.terminalId, line.sequence), line);
	}
	for (const sheet of await find(tx, sheets, ['organizationId', 'id'], changeable(fresh, state))) {
		state.sheets.set(sheetKey(sheet.organizationId, sheet.id), sheet);
	}
	return state;
}

/** Only numbers that have come can have a line, so that a queue in order costs one look instead of three a sheet. */
function neighbours(arrivals: readonly Expected[], ranges: IntakeState['ranges']) {
	const lines = new Map<string, { organizationId: string; terminalId: string; sequence: number }>();
	for (const { organizationId, terminalId, sheet } of arrivals) {
		const { sequence } = sheet;
		const received = ranges.get(terminalId) ?? [];
		for (const number of [sequence - 1, sequence, sequence + 1]) {
			if (!isReceived(received, number)) continue;
			lines.set(lineKey(terminalId, number), { organizationId, terminalId, sequence: number });
		}
	}
	return [...lines.values()];
}

/** Stored sheets whose flags an arrival may change: the one after it, the one it replaces, the one under its own number. */
function changeable(arrivals: readonly Expected[], state: IntakeState) {
	const wanted = new Map<string, { organizationId: string; id: string }>();
	for (const { organizationId, terminalId, sheet, storedReplaces } of arrivals) {
		const { sequence } = sheet;
		for (const number of storedReplaces ? [sequence - 1, sequence, sequence + 1] : [sequence, sequence + 1]) {
			const line = state.ledger.get(lineKey(terminalId, number));
			if (!line) continue;
			const key = sheetKey(organizationId, line.sheetId);
			if (!state.sheets.has(key)) wanted.set(key, { organizationId, id: line.sheetId });
		}
	}
	return [...wanted.values()];
}
