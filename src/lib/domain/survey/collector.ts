import * as v from 'valibot';
import { freshId, line, needed } from '../place/entry.ts';

/** What the sheets of a poster count for, whoever answers; '' where it names none. A counter brings its site with it. */
export interface CollectorAim {
	siteId: string;
	counterId: string;
	fieldId: string;
	officerId: string;
}

/** From the whole organization to one person. */
export const AIM_KINDS = ['organization', 'site', 'counter', 'field', 'officer'] as const;
export type AimKind = (typeof AIM_KINDS)[number];

/** The narrowest thing that a poster names. */
export function aimKindOf({ siteId, counterId, fieldId, officerId }: CollectorAim): AimKind {
	if (officerId) return 'officer';
	if (counterId) return 'counter';
	if (fieldId) return 'field';
	return siteId ? 'site' : 'organization';
}

/** What one choice of a form says: 'counter:ID', or 'organization' for the whole of it. */
export type AimChoice = { kind: 'organization' } | { kind: Exclude<AimKind, 'organization'>; id: string };

/** null where it says nothing of the kind. */
export function readAimChoice(text: string): AimChoice | null {
	const [kind, id = '', ...rest] = text.split(':');
	if (rest.length > 0) return null;
	if (kind === 'organization') return id === '' ? { kind } : null;
	const known = AIM_KINDS.find((each) => each === kind);
	return known && known !== 'organization' && id !== '' ? { kind: known, id } : null;
}

/** What may be typed about a new poster; a failed check's message is a code that screens have a sentence for. */
export const collectorEntry = v.object({
	id: freshId,
	name: needed(120),
	aim: v.pipe(
		v.string(),
		v.check((text) => readAimChoice(text) !== null, 'required')
	),
	/** '': whatever the organization uses at the time. */
	versionId: line(64)
});

export const collectorName = v.object({ name: needed(120) });
