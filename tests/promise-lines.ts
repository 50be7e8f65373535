import { relative } from 'node:path';
import type { JsonTestResults } from 'vitest/reporters';
import { FULL } from './lane.ts';
import { PROMISES, UNPROVEN, type Proof } from './promises.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'missing';

/** Relative to the root. */
export const fileOf = ({ file }: Proof) => (/^(src|terminals)\//.test(file) ? file : `tests/${file}`);

/**
 * Each promise with its figure and its control, a line each, by what the runs of this lane have said; and how many promises were broken by
 * a test that nobody ran.
 */
export function promiseLines(reports: readonly JsonTestResults[]): { lines: string[]; missing: number } {
	const files = reports.flatMap(({ testResults }) => testResults);
	const statusOf = (proof: Proof): Status => {
		const named = files
			.filter(({ name }) => relative(process.cwd(), name) === fileOf(proof))
			.flatMap(({ assertionResults }) => assertionResults)
			.filter(({ title }) => title.startsWith(proof.name))
			.map(({ status }) => status);
		if (named.length === 0) return 'missing';
		if (named.includes('failed')) return 'failed';
		// A test for one engine is skipped on the other.
		return named.includes('passed') ? 'passed' : 'skipped';
	};
	let missing = 0;
	const lines = PROMISES.map(({ id, says, proofs, control, short, full, open }) => {
		const statuses = proofs.map(statusOf);
		const taken = typeof control === 'string' ? null : statusOf(control);
		missing += [...statuses, taken].filter((status) => status === 'missing').length;
		const worst = (['missing', 'failed', 'skipped'] as const).find((status) => [...statuses, taken].includes(status));
		const mark = worst === undefined ? '✓' : worst === 'skipped' ? '–' : '✗';
		const without = taken === null ? 'no control' : `control ${taken === 'passed' ? 'breaks it, as it must' : taken}`;
		const rest = [worst && `a proof is ${worst}`, open && `open: ${open}`].filter(Boolean).map((each) => `; ${each}`);
		return `${mark} ${id.padEnd(3)} ${says} [${FULL ? full : short}; ${without}${rest.join('')}]`;
	});
	const unproven = Object.entries(UNPROVEN).map(([id, why]) => `· ${id.padEnd(3)} not proven: ${why}`);
	return { lines: [...lines, ...unproven], missing };
}
