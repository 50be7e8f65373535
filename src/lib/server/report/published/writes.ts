import { and, eq } from 'drizzle-orm';
import { sameText } from '../../../domain/place/import/cell.ts';
import type { PublishedUnit } from '../../../domain/report/published/check.ts';
import type { Predecessors } from '../../../domain/report/published/predecessors.ts';
import { FIGURE_COLUMNS } from '../../../domain/report/published/headings.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { insertNew, lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { publishedFigures, publishedSeries } from '../../db/schema/report.ts';
import type { Change } from '../../place/shelf/writes.ts';
import {
	lookAtPublished,
	readPredecessors,
	readStandingUnits,
	type PublishedFile,
	type PublishedRefusal
} from './reads.ts';

/** All of a table or nothing of it; the same form sent twice imports once. */
export async function importPublished(
	db: Db,
	change: Change & { id: string; file: PublishedFile }
): Promise<Outcome<{ units: number }, PublishedRefusal | 'rows-wrong' | 'empty'>> {
	return commit(db, (tx) => storePublished(tx, change));
}

/** A step of a use-case, for the demonstration too. */
export async function storePublished(
	tx: Tx,
	{ organizationId, changedBy, now, id, file }: Change & { id: string; file: PublishedFile }
): Promise<Outcome<{ units: number }, PublishedRefusal | 'rows-wrong' | 'empty'>> {
	await lock(tx, [`published ${organizationId}`]);
	const [same] = await tx.select().from(publishedSeries).where(ofId(organizationId, id));
	if (same) return { ok: true, value: { units: 0 } };
	const look = await lookAtPublished(tx, organizationId, file);
	if (!look.ok) return look;
	const { units, problems, year, changeSince } = look.value;
	if (problems.length > 0) return { ok: false, reason: 'rows-wrong' };
	if (units.length === 0) return { ok: false, reason: 'empty' };
	const { method, source } = file;
	await tx.insert(publishedSeries).values({
		...{ organizationId, id, year, changeSince, method, source },
		...{ importedBy: changedBy, importedAt: now }
	});
	await insertNew(
		tx,
		publishedFigures,
		units.flatMap((unit, i) => figuresOf(unit, { organizationId, seriesId: id, place: i + 1 }))
	);
	const detail = `năm ${year}, ${units.length} đơn vị, nguồn ${source}`;
	await writeAuditLine(tx, { organizationId, actorId: changedBy, action: 'peers-imported', object: id, detail, now });
	return { ok: true, value: { units: units.length } };
}

function figuresOf(
	{ unit, values, change }: PublishedUnit,
	at: { organizationId: string; seriesId: string; place: number }
) {
	return FIGURE_COLUMNS.flatMap((criterion) => {
		const value = values[criterion];
		return value === undefined
			? []
			: [{ ...at, criterion, unit, value, change: criterion === 'SIPAS' ? change : null }];
	});
}

/** Takes a table off every page, or brings it back; asked for twice it happens once. */
export async function shelvePublished(
	db: Db,
	{ organizationId, changedBy, now, id, removed }: Change & { id: string; removed: boolean }
): Promise<Outcome<null, 'series-unknown' | 'unit-standing'>> {
	return commit(db, async (tx) => {
		await lock(tx, [`published ${organizationId}`]);
		const [series] = await tx.select().from(publishedSeries).where(ofId(organizationId, id));
		if (!series) return { ok: false, reason: 'series-unknown' };
		if ((series.removedAt !== null) === removed) return { ok: true, value: null };
		if (!removed) {
			const standing = new Set((await readStandingUnits(tx, organizationId, series)).map(sameText));
			const own = and(eq(publishedFigures.organizationId, organizationId), eq(publishedFigures.seriesId, id));
			const units = await tx.selectDistinct({ unit: publishedFigures.unit }).from(publishedFigures).where(own);
			if (units.some(({ unit }) => standing.has(sameText(unit)))) return { ok: false, reason: 'unit-standing' };
		}
		await tx
			.update(publishedSeries)
			.set({ removedAt: removed ? now : null })
			.where(ofId(organizationId, id));
		const action = removed ? 'peers-removed' : 'peers-restored';
		const detail = `năm ${series.year}, nguồn ${series.source}`;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, action, object: id, detail, now });
		return { ok: true, value: null };
	});
}

/** Says what an organization was merged from; null: nothing. */
export async function setPredecessors(
	db: Db,
	{ organizationId, changedBy, now, predecessors }: Change & { predecessors: Predecessors | null }
): Promise<void> {
	await commit(db, async (tx) => {
		await lock(tx, [`published ${organizationId}`]);
		const before = await readPredecessors(tx, organizationId);
		// Field by field: PostgreSQL keeps the keys of a jsonb in an order of its own.
		const say = (of: Predecessors | null) => of && [of.basis, ...of.units].join('\n');
		if (say(before) === say(predecessors)) return;
		await tx.update(organizations).set({ predecessors }).where(eq(organizations.id, organizationId));
		const detail = predecessors ? `${predecessors.units.join(', ')} (${predecessors.basis})` : 'không có';
		const line = { action: 'predecessors-set', object: organizationId, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
	});
}

const ofId = (organizationId: string, id: string) =>
	and(eq(publishedSeries.organizationId, organizationId), eq(publishedSeries.id, id));
