import { permits, type Grant, type Right } from '../account/right.ts';
import { mayMove, MOVE_NAMES, type CaseState, type Move } from './case.ts';

/** Which right each deed asks for, at the place of the case; one that is for the head alone asks for `case:head` besides. */
export const MOVE_RIGHTS = {
	forward: 'case:open',
	take: 'case:work',
	ask: 'case:work',
	supplement: 'case:work',
	answer: 'case:work',
	publish: 'case:publish',
	'keep-private': 'case:publish',
	unpublish: 'case:publish',
	refuse: 'case:open',
	reopen: 'case:open',
	note: 'case:work',
	'call-back': 'case:work',
	classify: 'case:open'
} as const satisfies Record<Move, Right>;

/** Where a case lies and whose it is. */
export interface PlacedCase {
	state: CaseState;
	toHead: boolean;
	/** '' where it is about no site: then nobody reaches it by a site. */
	siteId: string;
	assigneeId: string;
}

/** Who asks: what they hold, and the organization of the case with all above it. */
export interface CaseActor {
	userId: string;
	grants: readonly Grant[];
	path: readonly string[];
}

/** What is for the head alone nobody else reaches, also not whoever it was given to before. */
export function hasCaseRight({ userId, grants, path }: CaseActor, right: Right, placed: PlacedCase): boolean {
	const extent = { path, siteId: placed.siteId, userId: placed.assigneeId || null };
	const asked: Right[] = placed.toHead ? [right, 'case:head'] : [right];
	return asked.every((each) => permits(grants, each, extent, userId).allowed);
}

/** What somebody may do with a case as it stands. */
export const movesOf = (actor: CaseActor, placed: PlacedCase): Move[] =>
	MOVE_NAMES.filter((move) => mayMove(placed.state, move) && hasCaseRight(actor, MOVE_RIGHTS[move], placed));
