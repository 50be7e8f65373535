import type { AlertDetail } from '$lib/domain/report/alert.ts';
import { m } from '$lib/paraglide/messages.js';

export interface AlertSaid {
	id: string;
	detail: AlertDetail;
	/** What its place is called. */
	place: string;
}

export function alertTitle({ detail, place }: AlertSaid): string {
	if (detail.kind === 'criterion-falling') return m.alert_fall({ place });
	return detail.place === 'site' ? m.alert_spell_rest({ place }) : m.alert_spell({ place });
}
