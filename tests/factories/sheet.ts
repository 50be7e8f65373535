import { randomUUID } from 'node:crypto';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';

/** Monday 23 November 2026, noon in Việt Nam. */
export const NOON = Date.UTC(2026, 10, 23, 5);

/** A sheet that is right in everything; a test states only what matters to it. */
export function aSheet(overrides: Partial<Sheet> = {}): Sheet {
	const sequence = overrides.sequence ?? 1;
	return {
		id: randomUUID(),
		sequence,
		versionId: 'SIPAS5-v1',
		dutyId: 'd1',
		fieldId: null,
		// A minute apart, so that no two are a repeat.
		answeredAt: new Date(NOON - 3_600_000 + (sequence % 59) * 60_000).toISOString(),
		locale: 'vi',
		answers: [{ itemId: 'PV', value: 5 }],
		reasons: [],
		comment: null,
		replaces: null,
		...overrides
	};
}
