import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { AuditAction } from '../../../../domain/account/audit.ts';
import type { WorkingHours } from '../../../../domain/place/calendar/hours.ts';
import { counterLabel } from '../../../../domain/place/counter.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { newId } from '../../../account/writes.ts';
import { lock } from '../../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../../db/db.ts';
import { counterFields, counters, fields, sites } from '../../../db/schema/place.ts';

/** What is wrong with which row of a step; nothing of the step was saved. */
export type RowProblem = { id: string; field: string; code: 'taken' | 'unknown' };
type Saved = { ok: true } | { ok: false; problems: RowProblem[] };

interface Step {
	organizationId: string;
	savedBy: string;
	now: number;
}

export interface SiteRow {
	/** Made by the page for a new one. */
	id: string;
	name: string;
	kind: 'main' | 'satellite' | 'home';
	address: string;
	/** undefined: as they are. */
	hours: WorkingHours | null | undefined;
}

/** Step 3: all the rows or none. */
export async function saveSites(db: Db, { rows, ...step }: Step & { rows: readonly SiteRow[] }): Promise<Saved> {
	const { organizationId } = step;
	return commit(db, async (tx) => {
		await lock(tx, [`places ${organizationId}`]);
		const known = await tx.select().from(sites).where(eq(sites.organizationId, organizationId));
		const standing = known.filter(({ archivedAt }) => archivedAt === null);
		const problems = [
			...(await strangers(tx, sites, rows, standing)),
			...doubled(rows, standing, 'name', ({ name }) => name.toLocaleLowerCase('vi'))
		];
		if (problems.length > 0) return { ok: false, problems };
		const before = new Map(standing.map((site) => [site.id, site]));
		const fresh = rows.filter(({ id }) => !before.has(id));
		const changed = rows.filter((row) => before.has(row.id) && differs(before.get(row.id)!, row));
		// Two names may change places: nobody keeps their own until all have let go.
		for (const { id } of changed)
			await tx
				.update(sites)
				.set({ name: `~${id}` })
				.where(eq(sites.id, id));
		for (const { id, ...row } of changed) await tx.update(sites).set(row).where(eq(sites.id, id));
		for (const row of fresh) await tx.insert(sites).values({ ...row, organizationId });
		for (const row of fresh) await log(tx, step, 'site-added', row.id, row.name);
		for (const row of changed) await log(tx, step, 'site-changed', row.id, row.name);
		return { ok: true };
	});
}

export interface CounterRow {
	id: string;
	siteId: string;
	number: string;
	name: string;
}

/** Step 4: all the rows or none. */
export async function saveCounters(db: Db, { rows, ...step }: Step & { rows: readonly CounterRow[] }): Promise<Saved> {
	const { organizationId } = step;
	return commit(db, async (tx) => {
		await lock(tx, [`places ${organizationId}`]);
		const own = and(eq(sites.organizationId, organizationId), isNull(sites.archivedAt));
		const siteIds = (await tx.select({ id: sites.id }).from(sites).where(own)).map(({ id }) => id);
		const known = await tx.select().from(counters).where(eq(counters.organizationId, organizationId));
		const standing = known.filter(({ archivedAt }) => archivedAt === null);
		const astray = rows.filter(({ siteId }) => !siteIds.includes(siteId));
		const problems = [
			...astray.map(({ id }): RowProblem => ({ id, field: 'number', code: 'unknown' })),
			...(await strangers(tx, counters, rows, standing)),
			...doubled(rows, standing, 'number', ({ siteId, number }) => `${siteId} ${number.toLocaleLowerCase('vi')}`)
		];
		if (problems.length > 0) return { ok: false, problems };
		const before = new Map(standing.map((counter) => [counter.id, counter]));
		const fresh = rows.filter(({ id }) => !before.has(id));
		const changed = rows.filter((row) => before.has(row.id) && differs(before.get(row.id)!, row));
		for (const { id } of changed)
			await tx
				.update(counters)
				.set({ number: `~${id}` })
				.where(eq(counters.id, id));
		for (const { id, ...row } of changed) await tx.update(counters).set(row).where(eq(counters.id, id));
		for (const row of fresh) await tx.insert(counters).values({ ...row, organizationId });
		for (const row of fresh) await log(tx, step, 'counter-added', row.id, counterLabel(row));
		for (const row of changed) await log(tx, step, 'counter-changed', row.id, counterLabel(row));
		return { ok: true };
	});
}

export interface FieldsStep extends Step {
	/** Those in use from now on; every other one is archived. */
	chosen: readonly { code: string; name: string; nameEn: string }[];
	/** Which counter serves which, by code; a counter that is not named serves none. */
	serves: readonly { counterId: string; code: string }[];
}

/** Step 5: which fields there are and which counter serves which. */
export async function saveFields(db: Db, { chosen, serves, ...step }: FieldsStep) {
	const { organizationId } = step;
	await commit(db, async (tx) => {
		await lock(tx, [`places ${organizationId}`]);
		const idOf = await writeFields(tx, step, chosen);
		const own = and(eq(counters.organizationId, organizationId), isNull(counters.archivedAt));
		for (const counter of await tx.select().from(counters).where(own)) {
			const codes = [...new Set(serves.filter(({ counterId }) => counterId === counter.id).map(({ code }) => code))];
			const wanted = codes.filter((code) => idOf.has(code)).sort();
			const links = await tx.select().from(counterFields).where(eq(counterFields.counterId, counter.id));
			const ids = wanted.map((code) => idOf.get(code)!);
			if (links.length === ids.length && links.every(({ fieldId }) => ids.includes(fieldId))) continue;
			await tx.delete(counterFields).where(eq(counterFields.counterId, counter.id));
			if (ids.length > 0)
				await tx.insert(counterFields).values(ids.map((fieldId) => ({ counterId: counter.id, fieldId })));
			await log(tx, step, 'counter-changed', counter.id, `${counterLabel(counter)}: ${wanted.join(', ') || '–'}`);
		}
	});
}

/** Adds, takes back from the archive and archives; the id of each field in use by its code. */
async function writeFields(tx: Tx, step: Step, chosen: FieldsStep['chosen']): Promise<Map<string, string>> {
	const { organizationId, now } = step;
	const known = await tx.select().from(fields).where(eq(fields.organizationId, organizationId));
	const idOf = new Map<string, string>();
	for (const field of chosen) {
		if (idOf.has(field.code)) continue;
		const same = known.filter(({ code }) => code === field.code);
		const before = same.find(({ archivedAt }) => archivedAt === null) ?? same[0];
		const id = before?.id ?? newId();
		idOf.set(field.code, id);
		if (!before) {
			await tx.insert(fields).values({ ...field, id, organizationId });
			await log(tx, step, 'field-added', id, field.name);
		} else if (before.archivedAt !== null) {
			await tx.update(fields).set({ archivedAt: null }).where(eq(fields.id, id));
			await log(tx, step, 'restored', id, before.name);
		}
	}
	for (const { id, code, name, archivedAt } of known) {
		if (archivedAt !== null || idOf.has(code)) continue;
		await tx.update(fields).set({ archivedAt: now }).where(eq(fields.id, id));
		await log(tx, step, 'archived', id, name);
	}
	return idOf;
}

const log = (tx: Tx, { organizationId, savedBy, now }: Step, action: AuditAction, object: string, detail: string) =>
	writeAuditLine(tx, { organizationId, actorId: savedBy, action, object, detail, now });

/** Rows whose id belongs to something else: another ward's, or what has been archived meanwhile. */
async function strangers(
	tx: Tx,
	table: typeof sites | typeof counters,
	rows: readonly { id: string }[],
	standing: readonly { id: string }[]
): Promise<RowProblem[]> {
	const unknown = rows.map(({ id }) => id).filter((id) => !standing.some((known) => known.id === id));
	if (unknown.length === 0) return [];
	const found = await tx.select({ id: table.id }).from(table).where(inArray(table.id, unknown));
	return found.map(({ id }) => ({ id, field: 'id', code: 'unknown' }));
}

/** Rows that want a name or number which another row, or something outside the form, has. */
function doubled<Row extends { id: string }>(
	rows: readonly Row[],
	standing: readonly Row[],
	field: string,
	keyOf: (row: Row) => string
): RowProblem[] {
	const inForm = new Set(rows.map(({ id }) => id));
	const taken = new Set(standing.filter(({ id }) => !inForm.has(id)).map(keyOf));
	const problems: RowProblem[] = [];
	for (const row of rows) {
		if (taken.has(keyOf(row))) problems.push({ id: row.id, field, code: 'taken' });
		taken.add(keyOf(row));
	}
	return problems;
}

/** Whether the row says anything else than what stands; what it leaves undefined it leaves alone. */
function differs(before: object, row: object): boolean {
	const old = before as Record<string, unknown>;
	return Object.entries(row).some(
		([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(old[key])
	);
}
