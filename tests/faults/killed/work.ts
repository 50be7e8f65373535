import { IMPORT_KINDS } from '../../../src/lib/domain/place/import/columns.ts';
import { backupSealed } from '../../../src/lib/server/backup/writes.ts';
import { openDb } from '../../../src/lib/server/db/open.ts';
import { dialogues } from '../../../src/lib/server/db/schema/dialogue.ts';
import { closeDialogue } from '../../../src/lib/server/dialogue/closing/writes.ts';
import { applyDraft } from '../../../src/lib/server/place/import/writes.ts';
import { secretFrom } from '../../../src/lib/server/secret/secret.ts';

/** One piece of work in a process of its own, so that it can be killed: `node work.ts closing|import|backup FILE [TARGET RECIPIENT]`. */
const [, , work, file, target, recipient] = process.argv;
const later = Date.UTC(2026, 10, 24);

if (work === 'backup') await backupSealed(file, target, { recipients: [recipient] });
else {
	const db = await openDb(`file:${file}`);
	if (work === 'closing') {
		const [{ id: dialogueId, version: expected }] = await db.select().from(dialogues);
		const secret = secretFrom('a-secret-for-tests-of-thirty-two-signs');
		await closeDialogue({ db, secret }, { dialogueId, expected, userId: 'u1', now: later });
	} else {
		const own = { organizationId: 'w1', userId: 'u1', id: 'draft00001', kinds: IMPORT_KINDS, sites: null };
		await applyDraft(db, { ...own, wish: {}, now: later });
	}
	await db.store.close();
}
