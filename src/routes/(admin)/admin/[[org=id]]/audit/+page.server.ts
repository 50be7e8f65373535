import { AUDIT_GROUPS, SYSTEM_GROUPS, type AuditGroup } from '$lib/domain/account/audit.ts';
import { permits } from '$lib/domain/account/right.ts';
import { readActors, readAuditPage, readChainHead } from '$lib/server/account/audit/reads.ts';
import { verifyAudit } from '$lib/server/account/audit/verify/reads.ts';
import { readWitness } from '$lib/server/account/audit/witness/reads.ts';
import { boundsOf, readAuditFilter } from '$lib/server/http/audit-filter.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import type { Db } from '$lib/server/db/db.ts';
import type { PageServerLoad } from './$types';

const LINES = 50;

export const load: PageServerLoad = async (event) => {
	const { organization, user, path, base } = await requireRight(event, 'load');
	const { grants } = requireSignedIn(event);
	const { db, environment } = event.locals.running;
	const query = event.url.searchParams;
	const all = permits(grants, 'audit-results:read', { path, siteId: null }, user.id).allowed;
	const filter = readAuditFilter(query);
	const before = /^\d{1,9}$/.test(query.get('before') ?? '') ? Number(query.get('before')) : undefined;
	const [{ lines, next }, actors, head] = await Promise.all([
		readAuditPage(db, organization.id, { ...boundsOf(filter, all), before, atMost: LINES }),
		readActors(db, organization.id),
		readChainHead(db, organization.id)
	]);
	const groups = (Object.keys(AUDIT_GROUPS) as AuditGroup[]).filter((group) => all || SYSTEM_GROUPS.includes(group));
	return {
		base,
		organization: { name: organization.name },
		all,
		filter,
		lines,
		next,
		paged: before !== undefined,
		actors,
		groups,
		head,
		// Every line is read and hashed, so only when somebody asks.
		check: query.has('check') ? await checkChain(db, environment.witnessFile, organization.id) : null
	};
};

async function checkChain(db: Db, witnessFile: string, organizationId: string) {
	const { anchors, missing } = readWitness(witnessFile);
	const { lines, anchors: compared, problems } = await verifyAudit(db, anchors, organizationId);
	const newest = anchors.findLast((anchor) => anchor.organizationId === organizationId);
	const anchor = newest ? { seq: newest.seq, at: newest.at ?? 0 } : null;
	return { lines, compared, problem: problems[0] ?? null, anchor, missing };
}
