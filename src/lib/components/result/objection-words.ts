import type { ObjectionState } from '$lib/domain/report/objection.ts';
import { m } from '$lib/paraglide/messages.js';

const WORDS: Record<ObjectionState, () => string> = {
	open: m.result_objection_open,
	accepted: m.result_objection_accepted,
	declined: m.result_objection_declined
};

export const objectionWords = (state: ObjectionState): string => WORDS[state]();
