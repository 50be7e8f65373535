import { counterLabel } from '$lib/domain/place/counter.ts';
import { labelled } from '$lib/domain/place/officer-label.ts';
import { compareText } from '$lib/domain/shared/text.ts';
import { addDays, localDay } from '$lib/domain/shared/time.ts';
import { LONGEST_TICKET_DAYS, TICKET_DAYS } from '$lib/domain/survey/ticket.ts';
import { newId } from '$lib/server/account/writes.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readCounters, readFields, readOfficers } from '$lib/server/place/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load');
	const { db } = event.locals.running;
	const standing = ({ archivedAt }: { archivedAt: number | null }) => archivedAt === null;
	const counters = (await readCounters(db, organization.id)).filter(standing);
	const fields = (await readFields(db, organization.id)).filter(standing);
	const officers = (await readOfficers(db, organization.id)).filter(standing);
	const today = localDay(Date.now());
	const query = event.url.searchParams;
	const problem = query.get('problem');
	return {
		base,
		organization: { name: organization.name },
		freshId: newId(),
		counters: counters.map((counter) => ({ value: counter.id, text: counterLabel(counter), site: counter.siteName })),
		fields: fields.map(({ id, name }) => ({ value: id, text: name })).sort((a, b) => compareText(a.text, b.text)),
		officers: labelled(officers).map(({ id, label }) => ({ value: id, text: label })),
		days: { usual: addDays(today, TICKET_DAYS), first: today, last: addDays(today, LONGEST_TICKET_DAYS) },
		/** What the sheets or the file were refused for, whose answer has no form to say so. */
		refused: problem
			? { values: Object.fromEntries(query), problems: { [query.get('field') ?? 'form']: problem } }
			: null
	};
};
