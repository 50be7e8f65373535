import type { Standing, StandingReason } from '$lib/domain/dialogue/closing.ts';
import { m } from '$lib/paraglide/messages.js';

const SENTENCES: Record<StandingReason, (input: { about: string }) => string> = {
	'already-closed': () => m.close_stands_already_closed(),
	'not-ended': () => m.close_stands_not_ended(),
	'round-open': (about) => m.close_stands_round_open(about),
	'recount-differs': (about) => m.close_stands_recount_differs(about),
	'secret-lost': () => m.close_stands_secret_lost(),
	'batches-open': (about) => m.close_stands_batches_open(about),
	'halls-out': (about) => m.hall_stands_out(about),
	'hall-copy': () => m.hall_stands_copy()
};

/** What stands in the way of closing a dialogue, as a sentence with what to do. */
export const sayStanding = ({ reason, about }: Standing) => SENTENCES[reason]({ about });
