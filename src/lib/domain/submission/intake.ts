import { trustedInstant } from '../terminal/clock.ts';
import { addToRanges, isReceived, type Ranges } from '../terminal/sequence.ts';
import { localDay, localHour, shiftOf } from '../shared/time.ts';
import type { CheckedSheet, SheetProblem } from './check.ts';
import { formatFlags, parseFlags, type Flag } from './flag.ts';

/** Answers of one tablet closer than this are a repeat, flagged and still counted (decision 0007). */
export const REPEAT_MS = 15_000;

/** A checked sheet on its way in, with what the server knows of the tablet that brought it. */
export interface Arrival {
	organizationId: string;
	terminalId: string;
	receivedAt: number;
	sheet: CheckedSheet;
	/** The sheet's id and the digest of its content, as they are stored. */
	storedId: string;
	storedReplaces: string | null;
	digest: string;
	place: { siteId: string; counterId: string; fieldId: string; officerId: string } | { problem: SheetProblem };
	dutyUnknown: boolean;
}

/** A stored sheet, as the table has it. */
export interface StoredSheet {
	organizationId: string;
	id: string;
	day: string;
	shift: 'morning' | 'afternoon' | 'evening';
	channel: string;
	siteId: string;
	counterId: string;
	fieldId: string;
	officerId: string;
	versionId: string;
	locale: string;
	answers: string;
	reasons: string;
	digest: string;
	flags: string;
}

export interface LedgerLine {
	organizationId: string;
	terminalId: string;
	sequence: number;
	sheetId: string;
	replaces: string | null;
	/** What the tablet's own clock said: only differences between two lines of one tablet mean something. */
	answeredAt: number;
	receivedAt: number;
}

/** What is known before a group of arrivals is judged; the judging writes its own effects into it, so order does not matter. */
export interface IntakeState {
	/** Stored sheets by organization and id: those with an id that arrives, and the neighbours of those. */
	sheets: Map<string, StoredSheet>;
	/** Ledger lines by tablet and running number: of every arrival and the numbers beside it. */
	ledger: Map<string, LedgerLine>;
	/** Running numbers received, by tablet. */
	ranges: Map<string, Ranges>;
}

export interface IntakeEffects {
	verdicts: { arrival: Arrival; status: 'stored' | 'duplicate' | 'quarantined'; code?: SheetProblem }[];
	newSheets: StoredSheet[];
	newLines: LedgerLine[];
	/** Stored sheets before and after their flags changed. */
	changed: { before: StoredSheet; after: StoredSheet }[];
	/** Of both: the local hour they were answered in, by `sheetKey`. Only the ledger knows it, and only for a week. */
	hours: Map<string, number>;
	forked: Set<string>;
	touched: Set<string>;
}

export const sheetKey = (organizationId: string, id: string) => `${organizationId} ${id}`;
export const lineKey = (terminalId: string, sequence: number) => `${terminalId} ${sequence}`;

/**
 * Judges a group of sheets one after the other: duplicate, quarantined, or stored with flags. Whatever order the sheets of a tablet
 * come in, split, doubled or mixed, the same sheets end with the same flags: a flag depends only on a sheet and its neighbours in
 * the running numbers, and is looked at again when a neighbour arrives.
 */
export function judge(arrivals: readonly Arrival[], state: IntakeState): IntakeEffects {
	const effects: IntakeEffects = {
		verdicts: [],
		newSheets: [],
		newLines: [],
		changed: [],
		hours: new Map(),
		forked: new Set(),
		touched: new Set()
	};
	for (const arrival of arrivals) effects.verdicts.push({ arrival, ...judgeOne(arrival, state, effects) });
	// The numbers of a whole queue go into its ranges at once; until here the new lines themselves say that they are taken.
	for (const [terminalId, lines] of Map.groupBy(effects.newLines, (line) => line.terminalId)) {
		const numbers = lines.map(({ sequence }) => sequence);
		state.ranges.set(terminalId, addToRanges(state.ranges.get(terminalId) ?? [], numbers));
	}
	return effects;
}

function judgeOne(arrival: Arrival, state: IntakeState, effects: IntakeEffects) {
	const { organizationId, terminalId, sheet, storedId, storedReplaces, digest } = arrival;
	const known = state.sheets.get(sheetKey(organizationId, storedId));
	if (known) return known.digest === digest ? ({ status: 'duplicate' } as const) : quarantined('id-taken');
	if ('problem' in arrival.place) return quarantined(arrival.place.problem);

	const taken = state.ledger.get(lineKey(terminalId, sheet.sequence));
	const ranges = state.ranges.get(terminalId) ?? [];
	if (taken || isReceived(ranges, sheet.sequence)) {
		effects.forked.add(terminalId);
		if (taken) addFlag(taken, 'forked', state, effects);
		return quarantined('sequence-forked');
	}
	const previous = state.ledger.get(lineKey(terminalId, sheet.sequence - 1));
	const next = state.ledger.get(lineKey(terminalId, sheet.sequence + 1));

	const answeredAt = Date.parse(sheet.answeredAt);
	const { at, flag } = trustedInstant(answeredAt, arrival.receivedAt);
	const line: LedgerLine = {
		organizationId,
		terminalId,
		sequence: sheet.sequence,
		sheetId: storedId,
		replaces: storedReplaces,
		answeredAt,
		receivedAt: arrival.receivedAt
	};
	const flags: Flag[] = flag ? [flag] : [];
	if (arrival.dutyUnknown) flags.push('duty-unknown');
	if (next?.replaces === storedId) flags.push('replaced');
	if (previous) for (const own of flagsAfter(previous, line)) flags.push(own);
	if (previous && storedReplaces === previous.sheetId) addFlag(previous, 'replaced', state, effects);
	if (next) for (const its of flagsAfter(line, next)) addFlag(next, its, state, effects);

	const stored: StoredSheet = {
		organizationId,
		id: storedId,
		day: localDay(at),
		shift: shiftOf(at),
		channel: 'terminal',
		...arrival.place,
		versionId: sheet.versionId,
		locale: sheet.locale,
		answers: sheet.packed,
		reasons: sheet.reasons.join(','),
		digest,
		flags: formatFlags(flags)
	};
	state.sheets.set(sheetKey(organizationId, storedId), stored);
	state.ledger.set(lineKey(terminalId, sheet.sequence), line);
	effects.newSheets.push(stored);
	effects.hours.set(sheetKey(organizationId, storedId), localHour(at));
	effects.newLines.push(line);
	effects.touched.add(terminalId);
	return { status: 'stored' } as const;
}

/** The flags of `second` that follow from `first`, the running number before it on the same tablet. */
function flagsAfter(first: LedgerLine, second: LedgerLine): Flag[] {
	if (second.replaces === first.sheetId) return [];
	const flags: Flag[] = second.replaces === null ? [] : ['replaces-foreign'];
	const apart = second.answeredAt - first.answeredAt;
	if (apart >= 0 && apart < REPEAT_MS) flags.push('repeat');
	return flags;
}

function addFlag(line: LedgerLine, flag: Flag, state: IntakeState, effects: IntakeEffects) {
	const { organizationId, sheetId, answeredAt, receivedAt } = line;
	const key = sheetKey(organizationId, sheetId);
	const sheet = state.sheets.get(key);
	if (!sheet) return;
	const flags = parseFlags(sheet.flags);
	if (flags.includes(flag)) return;
	const after = { ...sheet, flags: formatFlags([...flags, flag]) };
	state.sheets.set(key, after);
	effects.hours.set(key, localHour(trustedInstant(answeredAt, receivedAt).at));

	const fresh = effects.newSheets.indexOf(sheet);
	if (fresh >= 0) effects.newSheets[fresh] = after;
	else {
		// One change a sheet: PostgreSQL writes no row twice in one statement.
		const change = effects.changed.find((earlier) => earlier.after === sheet);
		if (change) change.after = after;
		else effects.changed.push({ before: sheet, after });
	}
}

function quarantined(code: SheetProblem) {
	return { status: 'quarantined', code } as const;
}
