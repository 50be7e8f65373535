import { and, eq, isNull } from 'drizzle-orm';
import type { Terms } from '../../../domain/casework/clock.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { weekOf } from '../../../domain/report/week.ts';
import { addDays, localDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { answerTemplates, caseSettings } from '../../db/schema/casework.ts';
import { readCaseSettings } from '../cases/reads.ts';

interface By {
	organizationId: string;
	actorId: string;
	now: number;
}

/** Holds for what is opened from now on. Whose low ratings open cases is chosen for the weeks that begin after it. */
export function changeCaseSettings(
	db: Db,
	chosen: Terms & { fromSheets: boolean },
	{ organizationId, actorId, now }: By
) {
	return commit(db, async (tx) => {
		const before = await readCaseSettings(tx, organizationId);
		const since = chosen.fromSheets && !before.fromSheets ? addDays(weekOf(localDay(now)), 7) : before.fromSheetsSince;
		const { forwardHours, answerDays, limitDays, publishDays, fromSheets } = chosen;
		const next = { forwardHours, answerDays, limitDays, publishDays, fromSheets, fromSheetsSince: since };
		await tx
			.insert(caseSettings)
			.values({ organizationId, ...next })
			.onConflictDoUpdate({ target: caseSettings.organizationId, set: next });
		const detail = `chuyển ${forwardHours} giờ, trả lời ${answerDays} ngày (tối đa ${limitDays}), công khai ${publishDays} ngày; mở từ điểm thấp: ${fromSheets ? 'có' : 'không'}`;
		const line = { organizationId, actorId, action: 'case-settings-changed', object: organizationId } as const;
		await writeAuditLine(tx, { ...line, detail, now });
	});
}

/** An answer that is given again and again; the form's id makes one of a form that is sent twice. */
export function addTemplate(
	db: Db,
	template: { id: string; title: string; text: string },
	{ organizationId, actorId, now }: By
) {
	return commit(db, async (tx) => {
		const [fresh] = await tx
			.insert(answerTemplates)
			.values({ organizationId, ...template })
			.onConflictDoNothing()
			.returning({ id: answerTemplates.id });
		if (!fresh) return;
		const line = { organizationId, actorId, action: 'answer-template-added', object: template.id } as const;
		await writeAuditLine(tx, { ...line, detail: template.title, now });
	});
}

export function archiveTemplate(
	db: Db,
	id: string,
	{ organizationId, actorId, now }: By
): Promise<Outcome<null, 'template-unknown'>> {
	return commit(db, async (tx) => {
		const its = and(eq(answerTemplates.id, id), eq(answerTemplates.organizationId, organizationId));
		const [gone] = await tx
			.update(answerTemplates)
			.set({ archivedAt: now })
			.where(and(its, isNull(answerTemplates.archivedAt)))
			.returning({ title: answerTemplates.title });
		if (!gone) return { ok: false, reason: 'template-unknown' };
		const line = { organizationId, actorId, action: 'answer-template-archived', object: id } as const;
		await writeAuditLine(tx, { ...line, detail: gone.title, now });
		return { ok: true, value: null };
	});
}
