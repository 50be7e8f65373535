import type { SubmitFunction } from '@sveltejs/kit';
import { invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';

/** Loading a page anew takes back a step to another page that is under way: whoever has pressed a link wants to leave. */
const isLeaving = () => navigating.to !== null;

/** Loads this page's data again, unless somebody is leaving it. */
export const loadAgain = async () => {
	if (!isLeaving()) await invalidateAll();
};

/** What a form of a desk does with its answer, which may come after somebody has pressed a link. */
export const stayFresh: SubmitFunction =
	() =>
	({ update }) =>
		update({ invalidateAll: !isLeaving() });
