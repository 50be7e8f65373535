import type { Tx } from '../../../src/lib/server/db/db.ts';
import { sealFile } from '../../../src/lib/server/casework/files/sealing.ts';
import { answerTemplates, caseFiles, cases, caseSteps } from '../../../src/lib/server/db/schema/casework.ts';
import { newId } from '../../../src/lib/server/account/writes.ts';
import { insertNew } from '../../../src/lib/server/db/bulk.ts';
import type { Secret } from '../../../src/lib/server/secret/secret.ts';
import { aStoredCase } from '../../factories/case.ts';
import { A_PDF } from '../../factories/pdf.ts';

/** A case named by each payload, one with a note and a file of each payload, and that of the hostile request. */
export async function hostileCases(
	tx: Tx,
	{
		organizationId,
		payloads,
		one,
		secret,
		now
	}: {
		organizationId: string;
		payloads: readonly string[];
		one: { case: string; request: string };
		secret: Secret;
		now: number;
	}
) {
	const named = payloads.map((payload) =>
		aStoredCase({ id: newId(), organizationId, receivedAt: now, subject: payload, unit: payload })
	);
	const noted = aStoredCase({
		...{ id: one.case, organizationId, receivedAt: now, subject: payloads[0], text: payloads[1] },
		...{ state: 'answered', answer: payloads[2], answeredAt: now, forwardedAt: now }
	});
	const sent = aStoredCase({ id: one.request, organizationId, receivedAt: now, source: 'request' });
	const template = { organizationId, text: 'Trả lời' };
	await insertNew(
		tx,
		answerTemplates,
		payloads.map((title) => ({ id: newId(), archivedAt: null, ...template, title }))
	);
	await insertNew(tx, cases, [...named, noted, sent]);
	const step = {
		caseId: one.case,
		organizationId,
		deed: 'note',
		state: 'answered',
		actorId: 'nobody',
		at: now
	} as const;
	await insertNew(
		tx,
		caseSteps,
		payloads.map((text, version) => ({ ...step, version, text }))
	);
	const file = { caseId: one.case, organizationId, type: 'application/pdf', bytes: A_PDF.length } as const;
	await insertNew(
		tx,
		caseFiles,
		payloads.map((name) => {
			const id = newId();
			const sealed = sealFile(secret, { id, caseId: one.case }, { name, content: A_PDF });
			return { id, ...file, ...sealed, addedBy: 'nobody', addedAt: now };
		})
	);
}
