import { fileOf } from '../promise-lines.ts';

/**
 * What OWASP's Application Security Verification Standard 5.0.0 asks for at its levels 1 and 2, as rows: each requirement in words of ours,
 * and what the product has for it. docs/asvs.md is made of them (`npm run asvs`); tests/architecture/asvs.test.ts holds them against the
 * tests that exist.
 */
export type Verdict = 'held' | 'part' | 'missing' | 'not applicable';

export interface Row {
	/** The standard's own number. */
	id: string;
	level: 1 | 2;
	/** What is asked for. */
	says: string;
	verdict: Verdict;
	/** By which tests that is shown. */
	tests: readonly Shown[];
	/** Why it does not apply, why it can only be read, or what a reader should know. */
	note: string;
	/** No test can show it: it lies outside the program, or is a decision. */
	readOnly: boolean;
}

export interface Shown {
	/** Relative to the root. */
	file: string;
	/** How the test's name begins. */
	name: string;
	/** Of a test that runs over a table, the row that counts; else ''. */
	row: string;
}

/** 'file#name begins so', with '|row' where the test runs over a table; files of tests/ without their folder. */
function shown(text: string): Shown {
	const [file, rest] = text.split('#', 2);
	const [name, row = ''] = rest.split('|', 2);
	return { file: fileOf({ file, name }), name, row };
}

const row = (verdict: Verdict, readOnly = false) => {
	return (id: string, level: 1 | 2, says: string, tests: readonly string[], note = ''): Row => {
		return { id, level, says, verdict, tests: tests.map(shown), note, readOnly };
	};
};

export const held = row('held');
/** Held in part; what lacks stands in open.ts. */
export const part = row('part');

/** Held, and only reading shows it: why. */
export function read(id: string, level: 1 | 2, says: string, why: string): Row {
	return row('held', true)(id, level, says, [], why);
}

/** Does not apply: why. */
export function none(id: string, level: 1 | 2, says: string, why: string): Row {
	return row('not applicable')(id, level, says, [], why);
}
