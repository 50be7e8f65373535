import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Audience, Span } from '../../../domain/report/edition.ts';
import { DEFAULT_METHOD } from '../../../domain/report/method.ts';
import {
	type OfficersContent,
	officersContent,
	officersWithResults,
	type PublicContent,
	publicContent,
	sitesToTell
} from '../../../domain/report/publication.ts';
import { OFFICIAL_CHANNELS } from '../../../domain/submission/channel.ts';
import { compareText } from '../../../domain/shared/text.ts';
import type { Db } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { publications } from '../../db/schema/publication.ts';
import { readUsableVersions } from '../../survey/reads.ts';
import { type IndexQuestion, readIndexTable } from '../reads.ts';
import { readFirstReleasedDay, readReleased } from '../released/reads.ts';

/** One edition as it stands for good. */
export interface Published<Content> extends Span {
	revision: number;
	publishedAt: number;
	content: Content;
}
export type PublicEdition = Published<PublicContent>;

type Row = typeof publications.$inferSelect;

const opened = <Content>({ from, to, revision, publishedAt, content }: Row): Published<Content> => ({
	...{ from, to, revision, publishedAt },
	content: JSON.parse(content) as Content
});

const of = (organizationId: string, audience: Audience) =>
	and(eq(publications.organizationId, organizationId), eq(publications.audience, audience));

/** Newest period first, and of each the revision in force. */
const inForce = [desc(publications.from), desc(publications.to), desc(publications.revision)];

/** What the public reads: the latest month, or the one that begins on a day; one row. */
export async function readPublicMonth(db: Db, organizationId: string, from?: string): Promise<PublicEdition | null> {
	const [row] = await db
		.select()
		.from(publications)
		.where(and(of(organizationId, 'public'), from === undefined ? undefined : eq(publications.from, from)))
		.orderBy(...inForce)
		.limit(1);
	return row ? opened<PublicContent>(row) : null;
}

/** Which periods stand published, newest first, without what they say. */
export async function readPublishedPeriods(db: Db, organizationId: string, audience: Audience) {
	const { from, to, revision, publishedAt } = publications;
	const rows = await db
		.select({ from, to, revision, publishedAt })
		.from(publications)
		.where(of(organizationId, audience))
		.orderBy(...inForce);
	return rows.filter((row, i) => row.from !== rows[i - 1]?.from || row.to !== rows[i - 1]?.to);
}

/** Every published month as it is in force, newest first. */
export async function readPublicMonths(db: Db, organizationId: string): Promise<PublicEdition[]> {
	const rows = await db
		.select()
		.from(publications)
		.where(of(organizationId, 'public'))
		.orderBy(...inForce);
	return rows.filter(({ from }, i) => from !== rows[i - 1]?.from).map(opened<PublicContent>);
}

/** Every edition of a month, the newest first. */
export async function readRevisions(db: Db, organizationId: string, { from, to }: Span): Promise<PublicEdition[]> {
	const rows = await db
		.select()
		.from(publications)
		.where(and(of(organizationId, 'public'), eq(publications.from, from), eq(publications.to, to)))
		.orderBy(...inForce);
	return rows.map(opened<PublicContent>);
}

/** Of whom a public page tells; undefined where there is no such organization. */
export async function readPublicName(
	db: Db,
	id: string
): Promise<{ name: string; demonstration: boolean } | undefined> {
	const { name, demonstration } = organizations;
	const [row] = await db.select({ name, demonstration }).from(organizations).where(eq(organizations.id, id));
	return row;
}

/** Who has published anything that everybody may read. */
export async function readPublishedWards(db: Db): Promise<{ id: string; name: string }[]> {
	const wards = await db
		.selectDistinct({ id: organizations.id, name: organizations.name })
		.from(publications)
		.innerJoin(organizations, eq(organizations.id, publications.organizationId))
		.where(eq(publications.audience, 'public'));
	return wards.toSorted((a, b) => compareText(a.name, b.name));
}

/** The content in force of one period. */
export async function readEdition<Content>(
	db: Db,
	organizationId: string,
	audience: Audience,
	{ from, to }: Span
): Promise<Published<Content> | null> {
	const [row] = await db
		.select()
		.from(publications)
		.where(and(of(organizationId, audience), eq(publications.from, from), eq(publications.to, to)))
		.orderBy(...inForce)
		.limit(1);
	return row ? opened<Content>(row) : null;
}

/** Wards at work: a province answers nothing itself. */
export function readPublishers(db: Db) {
	return db
		.select({ id: organizations.id, target: organizations.target })
		.from(organizations)
		.where(and(eq(organizations.kind, 'ward'), isNull(organizations.archivedAt)));
}

/** What a period is measured with: that of its edition where it has one, so that late sheets change nothing else. */
export type Measure = Pick<IndexQuestion, 'versionId' | 'target' | 'method'>;

/** The questionnaires with released answers, and the first day of each. */
export async function readAnswered(db: Db, organizationId: string): Promise<{ versionId: string; firstDay: string }[]> {
	const answered = [];
	for (const { id } of await readUsableVersions(db, organizationId, true)) {
		const firstDay = await readFirstReleasedDay(db, organizationId, id);
		if (firstDay !== null) answered.push({ versionId: id, firstDay });
	}
	return answered;
}

/** Of several questionnaires the one that most of a period's sheets answered: one index is never made of two. */
export async function readMainVersion(
	db: Db,
	organizationId: string,
	{ from, to }: Span,
	versions: readonly string[]
): Promise<string> {
	if (versions.length === 1) return versions[0];
	let main = { versionId: versions[0], sheets: 0 };
	for (const versionId of versions) {
		const question = { organizationId, versionId, from, to, channels: OFFICIAL_CHANNELS };
		const sheets = (await readReleased(db, question, [])).find(({ itemId }) => itemId === '')?.sheets ?? 0;
		if (sheets > main.sheets) main = { versionId, sheets };
	}
	return main.versionId;
}

export async function drawPublic(
	db: Db,
	organizationId: string,
	{ from, to }: Span,
	{ method = DEFAULT_METHOD, ...measure }: Measure
): Promise<PublicContent> {
	const question = { organizationId, from, to, method, ...measure };
	const whole = await readIndexTable(db, { ...question, by: 'criterion' });
	const bySite = await readIndexTable(db, { ...question, by: 'site' });
	const officers = new Map<string, number>();
	for (const { key } of sitesToTell(bySite)) {
		const own = await readIndexTable(db, { ...question, by: 'officer', where: { site: key! } });
		officers.set(key!, officersWithResults(own));
	}
	return publicContent(whole, bySite, officers);
}

export async function drawOfficers(
	db: Db,
	organizationId: string,
	{ from, to }: Span,
	{ method = DEFAULT_METHOD, ...measure }: Measure,
	withCentre: boolean
): Promise<OfficersContent> {
	const question = { organizationId, from, to, method, ...measure };
	return officersContent(await readIndexTable(db, { ...question, by: 'officer' }), withCentre);
}
