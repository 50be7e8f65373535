import { and, eq } from 'drizzle-orm';
import {
	ATTACHMENT_ENDINGS,
	attachmentName,
	mayAttach,
	MOST_ATTACHMENTS,
	sayBytes,
	type AttachmentProblem
} from '../../../domain/casework/attachment.ts';
import { showCaseNumber } from '../../../domain/casework/case.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { noteEvent, writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { caseFiles, cases } from '../../db/schema/casework.ts';
import type { Secret } from '../../secret/secret.ts';
import type { StoredCase } from '../cases/reads.ts';
import { holdCase, keepStep } from '../cases/writes.ts';
import { cleanFile } from './cleaning.ts';
import { countCaseFiles, type StoredFile } from './reads.ts';
import { sealFile } from './sealing.ts';

interface By {
	caseId: string;
	actorId: string;
	now: number;
}

/** Attaches what is left of a file when it is cleaned; the same form sent twice is one file. */
export async function attachFile(
	db: Db,
	secret: Secret,
	{ id, name, bytes }: { id: string; name: string; bytes: Uint8Array },
	by: By
): Promise<Outcome<null, AttachmentProblem | 'files-full' | 'not-now' | 'case-unknown' | 'form-stale'>> {
	const cleaned = await cleanFile(bytes);
	if (!cleaned.ok) return cleaned;
	const { type, content } = cleaned.value;
	const { caseId, actorId, now } = by;
	const sealed = sealFile(secret, { id, caseId }, { name: attachmentName(name, type), content });
	return commit(db, async (tx) => {
		const standing = await holdCase(tx, caseId);
		if (!standing) return { ok: false, reason: 'case-unknown' };
		if (!mayAttach(standing.state)) return { ok: false, reason: 'not-now' };
		const [there] = await tx.select({ of: caseFiles.caseId }).from(caseFiles).where(eq(caseFiles.id, id));
		if (there) return there.of === caseId ? { ok: true, value: null } : { ok: false, reason: 'form-stale' };
		if ((await countCaseFiles(tx, caseId)) >= MOST_ATTACHMENTS) return { ok: false, reason: 'files-full' };
		const { organizationId } = standing;
		const row = { id, organizationId, caseId, type, bytes: content.length, addedBy: actorId, addedAt: now };
		await tx.insert(caseFiles).values({ ...row, ...sealed });
		await noteDeed(tx, standing, 'attach', row, by);
		return { ok: true, value: null };
	});
}

/** Takes a file away for good: it may have been somebody else's, and personal data is not kept for the sake of a list. */
export function detachFile(
	db: Db,
	id: string,
	by: By
): Promise<Outcome<null, 'file-unknown' | 'not-now' | 'case-unknown'>> {
	return commit(db, async (tx) => {
		const standing = await holdCase(tx, by.caseId);
		if (!standing) return { ok: false, reason: 'case-unknown' };
		if (!mayAttach(standing.state)) return { ok: false, reason: 'not-now' };
		const its = and(eq(caseFiles.id, id), eq(caseFiles.caseId, by.caseId));
		const { type, bytes } = caseFiles;
		const [gone] = await tx.delete(caseFiles).where(its).returning({ type, bytes });
		if (!gone) return { ok: false, reason: 'file-unknown' };
		await noteDeed(tx, standing, 'detach', gone, by);
		return { ok: true, value: null };
	});
}

/** Who opens whose file, noted before it is handed out; the line names the case, never what the file is called. */
export const noteFileOpening = (
	db: Db,
	of: StoredCase,
	file: Pick<StoredFile, 'type' | 'bytes'>,
	by: Omit<By, 'caseId'>
) =>
	noteEvent(db, {
		...{ organizationId: of.organizationId, ...by, action: 'case-file-opened', object: of.id },
		detail: `${showCaseNumber(of)}: ${sayKind(file)}`
	});

const ACTIONS = { attach: 'case-file-added', detach: 'case-file-removed' } as const;

/** A line in the history of the case and one in the log, in the transaction of the deed. */
async function noteDeed(
	tx: Tx,
	standing: StoredCase,
	deed: keyof typeof ACTIONS,
	file: Pick<StoredFile, 'type' | 'bytes'>,
	{ actorId, now }: By
) {
	const next = { ...standing, version: standing.version + 1 };
	await tx.update(cases).set({ version: next.version }).where(eq(cases.id, next.id));
	await keepStep(tx, next, { deed, actorId, text: sayKind(file), at: now });
	const { organizationId, id: object } = next;
	const detail = `${showCaseNumber(next)}: ${sayKind(file)}`;
	await writeAuditLine(tx, { organizationId, actorId, action: ACTIONS[deed], object, detail, now });
}

const sayKind = ({ type, bytes }: Pick<StoredFile, 'type' | 'bytes'>) =>
	`${ATTACHMENT_ENDINGS[type].toUpperCase()}, ${sayBytes(bytes)}`;
