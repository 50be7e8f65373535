import { K, K_OFFICER } from '../../report/secrecy.ts';

/** Who reads released comments: leaders those of their places, officers those about themselves. Each is told apart from the other. */
export const COMMENT_AUDIENCES = ['leaders', 'officers'] as const;
export type CommentAudience = (typeof COMMENT_AUDIENCES)[number];

/** A comment that somebody has decided to release, and where its sheet belongs; '' where unknown. */
export interface ReadyComment {
	id: string;
	siteId: string;
	counterId: string;
	fieldId: string;
	officerId: string;
	/** Through how many releases it has waited already. */
	waited: number;
	toHead: boolean;
}

/** Comments that come out together, and what is true of all of them; '' where they differ or it is unknown. */
export interface Batch {
	siteId: string;
	counterId: string;
	fieldId: string;
	officerId: string;
	ids: string[];
}

/** How many releases a comment waits for four others of its counter before it comes out with those of a larger place. */
export const PATIENCE = 2;

const LEVELS = ['counterId', 'fieldId', 'siteId', 'whole'] as const;
type Level = (typeof LEVELS)[number];

/**
 * What leaders may read now: every comment in one batch and one only, of its counter where five have come together, else after some
 * patience of its field, its site or the whole ward. Since no two batches share a comment, whatever is shown is a sum of whole
 * batches, and so is any difference of two looks (decision 0046).
 */
export function batchesForLeaders(ready: readonly ReadyComment[]): Batch[] {
	const batches: Batch[] = [];
	let left = [...ready];
	for (const level of LEVELS) {
		const mayGo = (each: ReadyComment) => level === 'counterId' || each.counterId === '' || each.waited >= PATIENCE;
		for (const group of Map.groupBy(left.filter(mayGo), (each) => keyOf(each, level)).values()) {
			if (keyOf(group[0], level) === '' || group.length < leastOf(group)) continue;
			batches.push({ ...placeOf(group), officerId: '', ids: group.map(({ id }) => id) });
			left = left.filter((each) => !group.includes(each));
		}
	}
	return batches;
}

/** What officers may read now: ten at a time about themselves, without those that go to the head. */
export function batchesForOfficers(ready: readonly ReadyComment[]): Batch[] {
	const own = ready.filter(({ officerId, toHead }) => officerId !== '' && !toHead);
	return [...Map.groupBy(own, ({ officerId }) => officerId)]
		.filter(([, group]) => group.length >= K_OFFICER)
		.map(([officerId, group]) => ({
			...{ siteId: '', counterId: '', fieldId: '', officerId },
			ids: group.map(({ id }) => id)
		}));
}

const keyOf = (each: ReadyComment, level: Level) => (level === 'whole' ? 'whole' : each[level]);

/** Where all are about one officer, it is a batch about that officer, whatever it is called. */
function leastOf(group: readonly ReadyComment[]): number {
	const [{ officerId }] = group;
	return officerId !== '' && group.every((each) => each.officerId === officerId) ? K_OFFICER : K;
}

function placeOf(group: readonly ReadyComment[]) {
	const shared = (of: 'siteId' | 'counterId' | 'fieldId') =>
		group.every((each) => each[of] === group[0][of]) ? group[0][of] : '';
	return { siteId: shared('siteId'), counterId: shared('counterId'), fieldId: shared('fieldId') };
}

/** What is read of a comment that came out; `text` is '' where it was taken down or is too old. */
export interface ShownComment {
	id: string;
	text: string;
	topic: string;
	toHead: boolean;
	takenDown: boolean;
}

/** Comments that came out together: always whole, whatever was asked for. */
export interface ShownBatch {
	id: string;
	/** The Monday on which it came out. */
	week: string;
	siteId: string;
	counterId: string;
	fieldId: string;
	comments: ShownComment[];
}

export interface NamedBatch extends ShownBatch {
	/** Of the places that are true of all of it; none where that is the ward alone. */
	places: string[];
}
