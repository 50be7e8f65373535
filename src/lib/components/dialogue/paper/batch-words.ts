import type { BatchState } from '$lib/domain/dialogue/batch.ts';
import { m } from '$lib/paraglide/messages.js';

export const BATCH_WORDS: Record<BatchState, () => string> = {
	open: m.paper_state_open,
	once: m.paper_state_once,
	mismatched: m.paper_state_mismatched,
	resolved: m.paper_state_resolved,
	closed: m.paper_state_closed
};
