import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addDays, DAY_MS, localDay } from '../../src/lib/domain/shared/time.ts';
import { weekOf } from '../../src/lib/domain/report/week.ts';
import { readCaseSettings } from '../../src/lib/server/casework/cases/reads.ts';
import { openCaseByHand } from '../../src/lib/server/casework/cases/writes.ts';
import { openCaseFromComment } from '../../src/lib/server/casework/comments/writes.ts';
import { readTemplates } from '../../src/lib/server/casework/desk/reads.ts';
import { addTemplate, archiveTemplate, changeCaseSettings } from '../../src/lib/server/casework/settings/writes.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { commentBatches, releasedComments } from '../../src/lib/server/db/schema/submission.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const BY = { organizationId: 'w1', actorId: 'u1', now: NOON };

test('terms hold for what is opened after them; low ratings open cases from the week after that is chosen, and once chosen not earlier', async () => {
	const { db, secret } = await aServing();
	await aWard(db);
	const open = async (formId: string) => {
		const fresh = { organizationId: 'w1', class: 'rules', toHead: false, subject: 'Việc', receivedAt: NOON } as const;
		return (await openCaseByHand(db, secret, { ...fresh, formId }, BY)).row;
	};
	const before = await open('f1');
	const terms = { forwardHours: 4, answerDays: 5, limitDays: 7, publishDays: 1 };
	await changeCaseSettings(db, { ...terms, fromSheets: true }, BY);
	const next = addDays(weekOf(localDay(NOON)), 7);
	await changeCaseSettings(db, { ...terms, fromSheets: true }, { ...BY, now: NOON + 30 * DAY_MS });
	expect(await readCaseSettings(db, 'w1')).toMatchObject({ ...terms, fromSheets: true, fromSheetsSince: next });
	expect(await open('f2')).toMatchObject(terms);
	expect((await db.select().from(cases).where(eq(cases.id, before.id)))[0]).toEqual(before);
});

test('a template added twice by one form is one, is archived once, and only where it belongs', async () => {
	const { db } = await aServing();
	await aWard(db);
	const template = { id: 'template00', title: 'Cảm ơn', text: 'Cảm ơn Ông/Bà.' };
	for (let n = 0; n < 2; n++) await addTemplate(db, template, BY);
	expect(await readTemplates(db, 'w1')).toEqual([template]);
	const gone = { ok: false, reason: 'template-unknown' };
	expect(await archiveTemplate(db, template.id, { ...BY, organizationId: 'w2' })).toEqual(gone);
	expect(await archiveTemplate(db, template.id, BY)).toMatchObject({ ok: true });
	expect(await archiveTemplate(db, template.id, BY)).toEqual(gone);
	expect(await readTemplates(db, 'w1')).toEqual([]);
	const lines = await db.select().from(auditLines).where(eq(auditLines.object, template.id));
	expect(lines.map(({ action }) => action).sort()).toEqual(['answer-template-added', 'answer-template-archived']);
});

test('a released comment opens one case, that of the head for the head; one taken down, not for leaders or of another ward opens none', async () => {
	const { db, secret } = await aServing();
	await aWard(db);
	await commit(db, async (tx) => {
		const batch = {
			organizationId: 'w1',
			week: '2026-11-16',
			siteId: 's1',
			counterId: 'q1',
			fieldId: '',
			officerId: ''
		};
		await tx.insert(commentBatches).values({ ...batch, id: 'b1', audience: 'leaders' });
		await tx.insert(commentBatches).values({ ...batch, id: 'b2', audience: 'officers', officerId: 'o1' });
		const comment = { organizationId: 'w1', batchId: 'b1', topic: '', toHead: false };
		await tx.insert(releasedComments).values({ ...comment, id: 'c1', text: 'Ghế chờ ít quá.' });
		await tx.insert(releasedComments).values({ ...comment, id: 'c2', text: 'Bị gợi ý bồi dưỡng.', toHead: true });
		await tx.insert(releasedComments).values({ ...comment, id: 'c3', text: '', takenDownAt: NOON });
		await tx.insert(releasedComments).values({ ...comment, batchId: 'b2', id: 'c4', text: 'Chờ lâu.' });
	});
	const open = (id: string, by = BY) => openCaseFromComment(db, secret, { id, criterion: 'TC' }, by);
	const [first, again] = await Promise.all([open('c1'), open('c1')]);
	expect(first).toEqual(again);
	const placed = {
		siteId: 's1',
		counterId: 'q1',
		text: 'Ghế chờ ít quá.',
		criterion: 'TC',
		class: 'rules',
		toHead: false
	};
	expect(first).toMatchObject({ ok: true, value: placed });
	expect(await open('c2')).toMatchObject({ ok: true, value: { toHead: true } });
	const unknown = { ok: false, reason: 'comment-unknown' };
	for (const id of ['c3', 'c4', 'nobody']) expect(await open(id)).toEqual(unknown);
	expect(await open('c1', { ...BY, organizationId: 'w2' })).toEqual(unknown);
	expect(await db.select().from(cases)).toHaveLength(2);
});
