import { and, eq } from 'drizzle-orm';
import { dueMailings, type Mailing, reportLetter } from '../../../domain/report/mailing.ts';
import { periodAddress } from '../../../domain/report/period.ts';
import { periodName } from '../../../domain/report/report-words.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import type { organizations } from '../../db/schema/place.ts';
import { reportMailings, reportSubscriptions } from '../../db/schema/report.ts';
import { postLetter } from '../../mail/writes.ts';
import { makeReportPdf } from '../paper/pdf.ts';
import { readReport } from '../paper/reads.ts';
import { readRecipients, readWaiting } from './reads.ts';

interface By {
	organizationId: string;
	userId: string;
	now: number;
}

/** Somebody asks for the reports of an organization by mail, or for no more of them. Asking again changes nothing. */
export async function setSubscription(db: Db, { organizationId, userId, now }: By, wanted: boolean) {
	await commit(db, async (tx) => {
		const own = and(eq(reportSubscriptions.organizationId, organizationId), eq(reportSubscriptions.userId, userId));
		const row = { organizationId, userId, createdAt: now };
		const changed = wanted
			? await tx.insert(reportSubscriptions).values(row).onConflictDoNothing().returning()
			: await tx.delete(reportSubscriptions).where(own).returning();
		if (changed.length === 0) return;
		const action = wanted ? 'report-subscribed' : 'report-unsubscribed';
		await writeAuditLine(tx, { organizationId, actorId: userId, action, object: userId, detail: '', now });
	});
}

interface Round {
	now: number;
	/** The public address that letters lead to. */
	origin: string;
}

/** Posts the reports that are due and have not gone out. Returns to how many organizations. */
export async function mailReports(db: Db, round: Round): Promise<number> {
	let mailed = 0;
	for (const mailing of dueMailings(round.now))
		for (const organization of await readWaiting(db, mailing))
			if (await mailReport(db, mailing, organization, round)) mailed++;
	return mailed;
}

/**
 * Draws the report, then writes that it went out and its letters in one commit: of two nodes that drew it, the one whose line is there
 * first posts it, and a node that dies in between leaves nothing half done. Nothing about single officers leaves by mail.
 */
async function mailReport(
	db: Db,
	{ period, dueAt }: Mailing,
	organization: typeof organizations.$inferSelect,
	{ now, origin }: Round
): Promise<boolean> {
	const { id: organizationId, versionId, target } = organization;
	const days = { from: period.from, to: period.to };
	const report = await readReport(db, {
		...{ organization, period, scope: [], now, tables: ['counter', 'field'] as const },
		question: { organizationId, versionId, target: target / 100, ...days }
	});
	const pdf = (await makeReportPdf(report)).toString('base64');
	const href = `${origin}/leader/report?${new URLSearchParams({ org: organizationId, ...periodAddress(period, null) })}`;
	const letter = reportLetter({ period, organization: organization.name, href });
	const attachment = { name: `bao-cao-${period.from}-${period.to}.pdf`, base64: pdf };
	return commit(db, async (tx) => {
		const recipients = await readRecipients(tx, organizationId, dueAt);
		const line = { organizationId, preset: period.preset, fromDay: period.from, mailedAt: now };
		const first = await tx.insert(reportMailings).values(line).onConflictDoNothing().returning();
		if (first.length === 0) return false;
		for (const to of recipients) await postLetter(tx, { organizationId, to, ...letter, now, attachment });
		const detail = `${periodName(period)} · ${recipients.length}`;
		const said = { action: 'report-mailed', object: 'report', detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: 'system', ...said, now });
		return true;
	});
}
