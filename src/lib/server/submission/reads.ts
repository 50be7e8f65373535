import { lineKey, sheetKey, type IntakeState } from '../../domain/submission/intake.ts';
import { find } from '../db/bulk.ts';
import type { Tx } from '../db/db.ts';
import { ledger, sheets } from '../db/schema/submission.ts';
import { terminalSequences } from '../db/schema/terminal.ts';

/** An arriving sheet, as far as looking up what it may touch needs it. */
interface Expected {
	organizationId: string;
	terminalId: string;
	sequence: number;
	storedId: string;
	storedReplaces: string | null;
}

/** Everything stored that a group of arrivals may meet: the same ids, the same and the neighbouring running numbers. */
export async function readIntakeState(tx: Tx, arrivals: readonly Expected[]): Promise<IntakeState> {
	const known = await find(
		tx,
		sheets,
		['organizationId', 'id'],
		arrivals.map(({ organizationId, storedId }) => ({ organizationId, id: storedId }))
	);
	const state: IntakeState = {
		sheets: new Map(known.map((sheet) => [sheetKey(sheet.organizationId, sheet.id), sheet])),
		ledger: new Map(),
		ranges: new Map()
	};
	const fresh = arrivals.filter(
		({ organizationId, storedId }) => !state.sheets.has(sheetKey(organizationId, storedId))
	);
	for (const line of await find(tx, ledger, ['organizationId', 'terminalId', 'sequence'], neighbours(fresh))) {
		state.ledger.set(lineKey(line.terminalId, line.sequence), line);
	}
	const terminalIds = [...new Set(arrivals.map(({ terminalId }) => terminalId))];
	for (const row of await find(
		tx,
		terminalSequences,
		['terminalId'],
		terminalIds.map((terminalId) => ({ terminalId }))
	)) {
		state.ranges.set(row.terminalId, row.ranges);
	}
	for (const sheet of await find(tx, sheets, ['organizationId', 'id'], changeable(fresh, state))) {
		state.sheets.set(sheetKey(sheet.organizationId, sheet.id), sheet);
	}
	return state;
}

function neighbours(arrivals: readonly Expected[]) {
	const lines = new Map<string, { organizationId: string; terminalId: string; sequence: number }>();
	for (const { organizationId, terminalId, sequence } of arrivals) {
		for (const number of [sequence - 1, sequence, sequence + 1]) {
			lines.set(lineKey(terminalId, number), { organizationId, terminalId, sequence: number });
		}
	}
	return [...lines.values()];
}

/** Stored sheets whose flags an arrival may change: the one after it, the one it replaces, the one under its own number. */
function changeable(arrivals: readonly Expected[], state: IntakeState) {
	const wanted = new Map<string, { organizationId: string; id: string }>();
	for (const { organizationId, terminalId, sequence, storedReplaces } of arrivals) {
		for (const number of storedReplaces ? [sequence - 1, sequence, sequence + 1] : [sequence, sequence + 1]) {
			const line = state.ledger.get(lineKey(terminalId, number));
			if (!line) continue;
			const key = sheetKey(organizationId, line.sheetId);
			if (!state.sheets.has(key)) wanted.set(key, { organizationId, id: line.sheetId });
		}
	}
	return [...wanted.values()];
}
