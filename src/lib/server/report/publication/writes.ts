import { createHash } from 'node:crypto';
import {
	type Audience,
	AUDIENCES,
	duePeriods,
	isFourWeeks,
	mayRevise,
	type Span
} from '../../../domain/report/edition.ts';
import {
	type OfficersContent,
	type PublicContent,
	reviseOfficers,
	revisePublic
} from '../../../domain/report/publication.ts';
import { toPercent } from '../../../domain/shared/number.ts';
import { formatDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { publications } from '../../db/schema/publication.ts';
import {
	drawOfficers,
	drawPublic,
	type Measure,
	readEdition,
	readAnswered,
	readMainVersion,
	readPublishedPeriods,
	readPublishers
} from './reads.ts';

type Content = PublicContent | OfficersContent;
type Publisher = Awaited<ReturnType<typeof readPublishers>>[number] & {
	answered: Awaited<ReturnType<typeof readAnswered>>;
};
type PublicationRow = typeof publications.$inferInsert;

/**
 * Publishes what every ward owes: the periods of the newest editions that are not published yet, and revisions where enough late
 * sheets have come in (domain/report/publication.ts). Asked as often as one likes and by several nodes at once, it writes each once.
 * Returns how many editions were written; between two wards it stops when it is not to go on.
 */
export async function publishDue(db: Db, now: number, goOn = () => true): Promise<number> {
	let written = 0;
	for (const ward of await readPublishers(db)) {
		if (!goOn()) break;
		const answered = await readAnswered(db, ward.id);
		if (answered.length === 0) continue;
		const editions: Edition[] = [];
		for (const audience of AUDIENCES) editions.push(...(await drawDue(db, { ...ward, answered }, audience, now)));
		if (editions.length > 0) written += await publish(db, editions, now);
	}
	return written;
}

interface Edition extends Owed {
	revision: number;
	content: Content;
}

async function drawDue(db: Db, ward: Publisher, audience: Audience, now: number): Promise<Edition[]> {
	const [firstDay] = ward.answered.map((each) => each.firstDay).sort();
	const published = await readPublishedPeriods(db, ward.id, audience);
	const standing = new Map(published.map((each) => [`${each.from} ${each.to}`, each]));
	const editions: Edition[] = [];
	for (const period of duePeriods(audience, firstDay, now)) {
		const before = standing.get(`${period.from} ${period.to}`);
		if (before && !mayRevise(audience, before.publishedAt, now)) continue;
		const owed = { organizationId: ward.id, audience, period };
		const content = before ? await drawRevision(db, owed) : await drawFirst(db, owed, ward);
		if (content) editions.push({ ...owed, revision: (before?.revision ?? 0) + 1, content });
	}
	return editions;
}

async function drawFirst(db: Db, owed: Owed, { id, target, answered }: Publisher): Promise<Content> {
	const versions = answered.map(({ versionId }) => versionId);
	const versionId = await readMainVersion(db, id, owed.period, versions);
	return draw(db, owed, { versionId, target: toPercent(target) });
}

interface Owed {
	organizationId: string;
	audience: Audience;
	period: Span;
}

function draw(db: Db, { organizationId, audience, period }: Owed, measure: Measure): Promise<Content> {
	return audience === 'public'
		? drawPublic(db, organizationId, period, measure)
		: drawOfficers(db, organizationId, period, measure, isFourWeeks(period));
}

/** null where too few late sheets have come in. */
async function drawRevision(db: Db, owed: Owed): Promise<Content | null> {
	const { organizationId, audience, period } = owed;
	const before = (await readEdition<Content>(db, organizationId, audience, period))!.content;
	const now = await draw(db, owed, before);
	return audience === 'public'
		? revisePublic(before as PublicContent, now as PublicContent)
		: reviseOfficers(before as OfficersContent, now as OfficersContent);
}

/**
 * Writes them in one transaction; the key decides which of two nodes was first. What the public reads leaves a line with its hash, so
 * that nobody can put another in its place.
 */
async function publish(db: Db, editions: readonly Edition[], now: number): Promise<number> {
	return commit(db, async (tx) => {
		let written = 0;
		for (const { organizationId, audience, period, revision, content } of editions) {
			const text = JSON.stringify(content);
			const row = { organizationId, audience, ...period, revision, publishedAt: now, content: text };
			const [fresh] = await tx
				.insert(publications)
				.values(row)
				.onConflictDoNothing()
				.returning({ revision: publications.revision });
			if (!fresh) continue;
			written += 1;
			if (audience === 'public') await noteEdition(tx, row);
		}
		return written;
	});
}

async function noteEdition(tx: Tx, { organizationId, from, to, revision, publishedAt, content }: PublicationRow) {
	const hash = createHash('sha256').update(content).digest('hex');
	await writeAuditLine(tx, {
		...{ organizationId, actorId: 'system', action: 'results-published', object: from, now: publishedAt },
		detail: `${formatDay(from)}–${formatDay(to)}, lần ${revision}, SHA-256 ${hash}`
	});
}
