import { dutyAt, type Duty } from '$lib/domain/place/duty.ts';
import type { OfficerCard, TerminalConfiguration } from '$lib/domain/terminal/configuration.ts';
import type { KeptDuty } from './database.ts';

/** Whom the screen names, and the duty that a sheet will carry; both null when nobody is on duty and the counter is rated. */
export interface OnDuty {
	dutyId: string | null;
	officer: OfficerCard | null;
}

const HERE = 'here';

/**
 * Who is on duty at an instant (milliseconds). A change made on this tablet stands beside the server's roster until the server
 * knows it; then the server's word counts, for it may have ended it.
 */
export function onDuty(
	{ officers, duties }: Pick<TerminalConfiguration, 'officers' | 'duties'>,
	changes: readonly KeptDuty[],
	now: number
): OnDuty {
	const own = changes.filter(({ id }) => !duties.some((duty) => duty.id === id));
	const all = [...duties, ...own.map((change) => ({ ...change, endsAt: null }))].map(asDuty);
	const duty = dutyAt(all, HERE, now);
	const officer = officers.find(({ id }) => id === duty?.officerId);
	return duty && officer ? { dutyId: duty.id, officer } : { dutyId: null, officer: null };
}

function asDuty(card: { id: string; officerId: string | null; startsAt: string; endsAt: string | null }): Duty {
	const { id, officerId } = card;
	const endsAt = card.endsAt === null ? null : Date.parse(card.endsAt);
	return { id, counterId: HERE, officerId, startsAt: Date.parse(card.startsAt), endsAt };
}
