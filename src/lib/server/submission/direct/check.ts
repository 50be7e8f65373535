import type { Outcome } from '../../../domain/shared/outcome.ts';
import { checkSheet, type SheetProblem } from '../../../domain/submission/check.ts';
import type { DirectArrival } from '../../../domain/submission/direct.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import { contentDigest, packUuid } from '../writes.ts';

/** What a page, a file or a person brings; the sheet is made of it here, so that every channel's is checked alike. */
export interface DirectSheet extends Pick<
	DirectArrival,
	'organizationId' | 'channel' | 'place' | 'at' | 'flags' | 'ticketHash'
> {
	/** A v4 UUID made with the form, so that a retry is the same sheet. */
	id: string;
	versionId: string;
	locale: string;
	answers: readonly { itemId: string; value: number | null }[];
	reasons: readonly string[];
	comment: string | null;
	/** 'age=3,gender=1', or '' where nothing was asked. */
	bands: string;
}

/** A sheet whose form is right, ready to be stored. */
export interface CheckedDirect {
	bands: string;
	arrival: DirectArrival;
}

/** What of a sheet can be judged without the database; the first step of whoever stores many of them as one. */
export function checkDirect(body: DirectSheet): Outcome<CheckedDirect, SheetProblem> {
	const { organizationId, channel, place, at, flags, ticketHash, bands, ...content } = body;
	const sheet = {
		...content,
		sequence: 1,
		dutyId: null,
		fieldId: place.fieldId || null,
		answeredAt: new Date(at).toISOString(),
		replaces: null
	};
	const outcome = checkSheet(sheet, findVersion);
	if (!outcome.ok) return outcome;
	const arrival: DirectArrival = {
		organizationId,
		channel,
		sheet: outcome.value,
		storedId: packUuid(outcome.value.id),
		digest: contentDigest(outcome.value),
		place,
		at,
		flags,
		ticketHash
	};
	return { ok: true, value: { bands, arrival } };
}
