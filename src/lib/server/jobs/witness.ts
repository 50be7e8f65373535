import type { ChainProblem } from '../../domain/account/chain.ts';
import { sayFault } from '../../domain/account/chain.ts';
import { compareWithAnchors, readChainHeads } from '../account/audit/verify/reads.ts';
import { readWitness } from '../account/audit/witness/reads.ts';
import { noteHeads } from '../account/audit/witness/writes.ts';
import type { Db } from '../db/db.ts';
import { Notice } from '../notice.ts';
import type { Serving } from '../serving.ts';

const known = new WeakMap<Db, readonly ChainProblem[]>();

/** What the last look found: chains that are not what the witness outside the database remembers. */
export function chainProblems(db: Db): readonly ChainProblem[] {
	return known.get(db) ?? [];
}

/**
 * Holds the chains against the witness, then notes their heads in it. A problem is said and nothing is refused: the ratings of a
 * ward do not wait until somebody has found out what became of its log. Every anchor is compared, so a later one hides no fault.
 */
export async function watchChains(
	{ db, environment, report }: Pick<Serving, 'db' | 'environment' | 'report'>,
	now: number
) {
	const problems = await compareWithAnchors(db, readWitness(environment.witnessFile).anchors);
	if (problems.length > 0) report(new Notice(sayProblems(problems)));
	known.set(db, problems);
	noteHeads(await readChainHeads(db), environment.witnessFile, now);
}

/** For an operator: which chain, which line, what about it. */
export function sayProblems(problems: readonly ChainProblem[]): string {
	const each = problems.map((problem) => `${problem.organizationId}: ${sayFault(problem, 'en')}`);
	return `the audit log is not what its witness remembers (${each.join('; ')}); run "lang-nghe verify --audit"`;
}
