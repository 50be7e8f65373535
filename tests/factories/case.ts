import { USUAL_TERMS } from '../../src/lib/domain/casework/clock.ts';
import type { StoredCase } from '../../src/lib/server/casework/cases/reads.ts';

let made = 0;

/** A case as it stands in the store, just opened; the test says what matters of it. */
export function aStoredCase(
	own: Partial<StoredCase> & Pick<StoredCase, 'id' | 'organizationId' | 'receivedAt'>
): StoredCase {
	const seq = ++made;
	return {
		...{ year: 2026, seq, source: 'hand', sourceId: own.id, followMark: `mark-${own.id}`, class: 'rules' },
		...{ toHead: false, criterion: '', siteId: '', counterId: '', fieldId: '', subject: 'Chờ lâu ở quầy' },
		...{ text: '', state: 'new', version: 1, unit: '', assigneeId: '', answer: '', publicQuestion: '' },
		...{ publicAnswer: '', refusal: '', keptPrivate: false, rating: null, reopened: 0 },
		...{ startedAt: own.receivedAt, forwardedAt: null, answeredAt: null, publishedAt: null, pauses: [], toldOf: '' },
		...USUAL_TERMS,
		...own
	};
}
