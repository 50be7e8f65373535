import { expect, test } from 'vitest';
import { phonesAtMost, rehearsalProblems, TRIALS, type RehearsalResult, type TrialResult } from './rehearsal.ts';

const aTrial = (change: Partial<TrialResult>): TrialResult => ({
	...{ trial: 'plain', phones: 100, acknowledged: [50, 30, 20], counted: [50, 30, 20], later: [50, 30, 20] },
	...{ late: 0, refused: 0, retried: 0, median: 12, p99: 80 },
	...change
});
const aResult = (change: Partial<RehearsalResult> = {}, trial: Partial<TrialResult> = {}): RehearsalResult => ({
	...{ phones: 100, watching: 100, watchingAtEnd: 100, faultMs: 3000, deadMs: 0, processor: 0.2, memoryMb: 200 },
	trials: TRIALS.map((each) => aTrial({ trial: each, ...(trial.trial === each && trial) })),
	...change
});

test('a rehearsal is a go when every acknowledged vote is in the final number and there is room', () => {
	expect(rehearsalProblems(aResult())).toEqual([]);
	// What the server is away for is not how slow it is; and after the close a vote may be told so.
	expect(rehearsalProblems(aResult({}, { trial: 'fault', p99: 9_000, retried: 70 }))).toEqual([]);
	expect(rehearsalProblems(aResult({}, { trial: 'race', late: 30 }))).toEqual([]);
});

test('each thing that must not be is a no-go by its own name', () => {
	expect(rehearsalProblems(aResult({}, { trial: 'fault', counted: [50, 30, 19], later: [50, 30, 19] }))).toEqual([
		'not-exact'
	]);
	expect(rehearsalProblems(aResult({}, { trial: 'race', later: [51, 30, 20] }))).toEqual(['moved']);
	expect(rehearsalProblems(aResult({}, { trial: 'plain', refused: 1 }))).toEqual(['refused']);
	expect(rehearsalProblems(aResult({}, { trial: 'plain', late: 1 }))).toEqual(['refused']);
	expect(rehearsalProblems(aResult({}, { trial: 'plain', p99: 2_001 }))).toEqual(['slow']);
	expect(rehearsalProblems(aResult({ watchingAtEnd: 98 }))).toEqual(['streams-lost']);
	expect(rehearsalProblems(aResult({ processor: 0.61 }))).toEqual(['processor']);
	expect(rehearsalProblems(aResult({ trials: [aTrial({})] }))).toEqual(['not-exact']);
});

test('how many phones there is room for follows from what these used', () => {
	expect(phonesAtMost({ phones: 2_000, processor: 0.15 })).toBe(8_000);
	expect(phonesAtMost({ phones: 2_000, processor: 0.8 })).toBe(1_500);
});
