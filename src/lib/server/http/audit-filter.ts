import { AUDIT_GROUPS, SYSTEM_GROUPS, type AuditGroup } from '../../domain/account/audit.ts';
import { addDays, isLocalDay, startOfLocalDay } from '../../domain/shared/time.ts';
import type { AuditFilter } from '../account/audit/reads.ts';

/** What an address of the log asks for, as its form shows it again; what is nonsense is left out. */
export function readAuditFilter(query: URLSearchParams) {
	const day = (name: string) => {
		const text = query.get(name) ?? '';
		return isLocalDay(text) ? text : '';
	};
	const group = query.get('group') ?? '';
	return {
		from: day('from'),
		to: day('to'),
		who: (query.get('who') ?? '').slice(0, 64),
		group: (Object.hasOwn(AUDIT_GROUPS, group) ? group : '') as AuditGroup | '',
		q: (query.get('q') ?? '').slice(0, 100)
	};
}

/** Whoever may not see everything (`all`) sees system events only (reference/reliability.md 5.3). */
export function boundsOf(
	{ from, to, who, group, q }: ReturnType<typeof readAuditFilter>,
	all: boolean
): Omit<AuditFilter, 'atMost' | 'before'> {
	const allowed = all ? null : SYSTEM_GROUPS;
	return {
		from: from ? startOfLocalDay(from) : undefined,
		until: to ? startOfLocalDay(addDays(to, 1)) : undefined,
		actorId: who || undefined,
		groups: group ? [group].filter((one) => allowed?.includes(one) ?? true) : allowed,
		text: q
	};
}
