import type { Log } from '../log.ts';

export type SignInOutcome = 'passed' | 'wrong' | 'incomplete' | 'too-many' | 'busy' | 'sign-in-again';

interface Attempt {
	step: 'password' | 'second-factor';
	outcome: SignInOutcome;
	/** Whose account it is; of a password that was wrong nobody's, for people type one where the login belongs. */
	userId?: string;
}

/** One line for each step of each try to sign in, right or wrong (ASVS 5.0, 16.3.1). */
export function noteSignIn(log: Log, { headers }: Request, attempt: Attempt) {
	const line = { requestId: headers.get('x-request-id') ?? undefined, ...attempt };
	if (attempt.outcome === 'passed') log.info(line, 'sign-in');
	else log.warn(line, 'sign-in');
}
