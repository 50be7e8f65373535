import { createHash, timingSafeEqual } from 'node:crypto';
import { and, count, eq, gt, inArray, isNull, lt, ne, or } from 'drizzle-orm';
import type { Role } from '../../../domain/account/role.ts';
import type { SetUpCounts } from '../../../domain/place/set-up.ts';
import { compareText } from '../../../domain/shared/text.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import type { Db, Tx } from '../../db/db.ts';
import { installation, roleGrants, users } from '../../db/schema/account.ts';
import { counterFields, counters, duties, fields, officers, organizations, sites } from '../../db/schema/place.ts';
import { terminals } from '../../db/schema/terminal.ts';

/** Rows of the table `installation`: the hash of the code that opens the set-up, and what its first step has left. */
export const CODE_KEY = 'set-up';
export const CLAIM_KEY = 'set-up-claim';

/** The first step, kept until the ward stands: nobody could enter a ward without an administrator, so both are made at once. */
export interface Claim {
	/** SHA-256 of the token in the cookie of whoever gave the code. */
	tokenHash: string;
	/** The code it was given with; a newer one may take its place. */
	codeHash: string;
	organizationId: string;
	provinceId: string;
	ward: string;
	/** '' where the ward stands alone. */
	province: string;
}

/** Whether there is no organization yet, so that the set-up is open. */
export async function isEmptyInstallation(db: Db | Tx): Promise<boolean> {
	return (await db.select({ id: organizations.id }).from(organizations).limit(1)).length === 0;
}

export async function readClaim(db: Db | Tx, token: string | undefined): Promise<Claim | null> {
	const [row] = await db.select().from(installation).where(eq(installation.key, CLAIM_KEY));
	if (!row || !token) return null;
	const claim = JSON.parse(row.value) as Claim;
	return isHashOf(token, claim.tokenHash) ? claim : null;
}

/** SHA-256, hex. */
export function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** Compared in the same time whatever differs. */
export function isHashOf(text: string, hash: string): boolean {
	const [own, stored] = [Buffer.from(hashOf(text)), Buffer.from(hash)];
	return own.length === stored.length && timingSafeEqual(own, stored);
}

/** How many sites, counters and fields are in use. */
export async function readSetUpCounts(db: Db, organizationId: string): Promise<SetUpCounts> {
	const [[site], [counter], [field]] = await Promise.all(
		[sites, counters, fields].map((table) =>
			db
				.select({ n: count() })
				.from(table)
				.where(and(eq(table.organizationId, organizationId), isNull(table.archivedAt)))
		)
	);
	return { sites: site.n, counters: counter.n, fields: field.n };
}

/** Sites, counters with the codes they serve, and fields: what the steps show again, without what is archived. */
export async function readSetUp(db: Db, organizationId: string) {
	const itsSites = await db
		.select()
		.from(sites)
		.where(and(eq(sites.organizationId, organizationId), isNull(sites.archivedAt)));
	const itsCounters = await db
		.select()
		.from(counters)
		.where(and(eq(counters.organizationId, organizationId), isNull(counters.archivedAt)));
	const itsFields = await db
		.select()
		.from(fields)
		.where(and(eq(fields.organizationId, organizationId), isNull(fields.archivedAt)));
	const ids = itsCounters.map(({ id }) => id);
	const served = ids.length
		? await db
				.select({ counterId: counterFields.counterId, code: fields.code })
				.from(counterFields)
				.innerJoin(fields, eq(fields.id, counterFields.fieldId))
				.where(and(inArray(counterFields.counterId, ids), isNull(fields.archivedAt)))
		: [];
	const inOrder = itsSites.sort((a, b) => a.kind.localeCompare(b.kind) || compareText(a.name, b.name));
	const place = new Map(inOrder.map(({ id }, i) => [id, i]));
	return {
		sites: inOrder.map(({ id, name, kind, address, hours }) => ({ id, name, kind, address, hours })),
		counters: itsCounters
			.sort((a, b) => place.get(a.siteId)! - place.get(b.siteId)! || compareText(a.number, b.number))
			.map(({ id, siteId, number, name }) => ({
				id,
				siteId,
				number,
				name,
				serves: served.filter(({ counterId }) => counterId === id).map(({ code }) => code)
			})),
		fields: itsFields.map(({ id, code, name, nameEn }) => ({ id, code, name, nameEn }))
	};
}

/** Who may decide about a ward's sheets: two-person rules need two of them, one a leader. */
const DECIDING: readonly Role[] = ['leader', 'supervisor'];

/** What a ward has and what it still lacks before citizens can be asked; the week is given in milliseconds, half-open. */
export async function readReadiness(db: Db, organizationId: string, week: { from: number; until: number }) {
	const path = await readOrganizationPath(db, organizationId);
	const [{ sites: itsSites, counters: itsCounters, fields: itsFields }, [officer], onDuty, paired, grants] =
		await Promise.all([
			readSetUp(db, organizationId),
			db
				.select({ n: count() })
				.from(officers)
				.where(and(eq(officers.organizationId, organizationId), isNull(officers.archivedAt))),
			db
				.selectDistinct({ counterId: duties.counterId })
				.from(duties)
				.where(
					and(
						eq(duties.organizationId, organizationId),
						lt(duties.startsAt, week.until),
						or(isNull(duties.endsAt), and(gt(duties.endsAt, week.from), ne(duties.endsAt, duties.startsAt)))
					)
				),
			db
				.select({ counterId: terminals.counterId })
				.from(terminals)
				.where(and(eq(terminals.organizationId, organizationId), isNull(terminals.revokedAt))),
			path.length === 0
				? []
				: db
						.select({ userId: users.id, role: roleGrants.role, organizationId: roleGrants.organizationId })
						.from(roleGrants)
						.innerJoin(users, eq(users.id, roleGrants.userId))
						.where(and(inArray(roleGrants.organizationId, path), isNull(users.disabledAt)))
		]);
	const people = new Set(grants.map(({ userId }) => userId));
	const deciding = grants.filter((grant) => DECIDING.includes(grant.role));
	const has = (ids: { counterId: string }[]) => new Set(ids.map(({ counterId }) => counterId));
	const [withDuty, withTerminal] = [has(onDuty), has(paired)];
	return {
		sites: itsSites.length,
		counters: itsCounters.length,
		fields: itsFields.length,
		officers: officer.n,
		all: itsCounters,
		withoutField: itsCounters.filter(({ serves }) => serves.length === 0),
		withoutDuty: itsCounters.filter(({ id }) => !withDuty.has(id)),
		withoutTerminal: itsCounters.filter(({ id }) => !withTerminal.has(id)),
		people: people.size,
		leaders: new Set(deciding.filter(({ role }) => role === 'leader').map(({ userId }) => userId)).size,
		deciding: new Set(deciding.map(({ userId }) => userId)).size
	};
}
