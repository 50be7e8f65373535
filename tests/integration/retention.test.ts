import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { forgetTraces } from '../../src/lib/server/account/retention/writes.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { letters, passwordLinks, sessions } from '../../src/lib/server/db/schema/account.ts';
import { importDrafts } from '../../src/lib/server/db/schema/place.ts';
import { alertLooks, pairings } from '../../src/lib/server/db/schema/terminal.ts';
import { ledger, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { forgetLooks } from '../../src/lib/server/report/alert/writes.ts';
import { acceptSheets, forgetOldLines } from '../../src/lib/server/submission/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

test('which tablet sent a sheet when is known for seven days and no longer; the sheet stays', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	await acceptSheets(db, sender, [aSheet()], NOON);
	await forgetOldLines(db, NOON + 7 * DAY_MS);
	expect(await db.select().from(ledger)).toHaveLength(1);
	await forgetOldLines(db, NOON + 7 * DAY_MS + 1);
	expect(await db.select().from(ledger)).toEqual([]);
	expect(await db.select().from(sheets)).toHaveLength(1);
});

test('that somebody was told of a quarter of an hour is remembered for sixty days', async () => {
	const db = await freshDb();
	await aWard(db);
	const slot = new Date(NOON).toISOString();
	await commit(
		db,
		async (tx) => void (await tx.insert(alertLooks).values({ organizationId: 'w1', kind: 'spell', slot } as never))
	);
	await forgetLooks(db, NOON + 60 * DAY_MS);
	expect(await db.select().from(alertLooks)).toHaveLength(1);
	await forgetLooks(db, NOON + 60 * DAY_MS + 1);
	expect(await db.select().from(alertLooks)).toEqual([]);
});

test('what people leave behind by using the program goes in its time, and nothing sooner', async () => {
	const db = await freshDb();
	await aWard(db);
	await commit(db, async (tx) => {
		await tx
			.insert(sessions)
			.values({ tokenHash: 't', id: 's', userId: 'u1', createdAt: NOON, usedAt: NOON, device: '' });
		const link = { tokenHash: 'l', userId: 'u1', purpose: 'reset', createdAt: NOON, expiresAt: NOON } as const;
		await tx.insert(passwordLinks).values(link);
		const draft = { id: 'i', organizationId: 'w1', userId: 'u1', fileName: 'a.csv', content: '', createdAt: NOON };
		await tx.insert(importDrafts).values({ ...draft, kind: 'officers' } as never);
		await tx.insert(pairings).values({ code: 'p', publicKey: {}, requestedAt: NOON, expiresAt: NOON } as never);
		const letter = { id: 'x', organizationId: 'w1', recipient: 'hoa@phuong.example.vn', subject: 'Thư', body: '' };
		await tx.insert(letters).values({ ...letter, createdAt: NOON, sentAt: NOON, nextAt: NOON });
	});
	const left = async () => {
		const tables = { drafts: importDrafts, pairings, sessions, links: passwordLinks, letters };
		const names: string[] = [];
		for (const [name, table] of Object.entries(tables))
			if ((await db.select().from(table)).length > 0) names.push(name);
		return names;
	};
	const after = async (days: number, more = 0) => {
		await forgetTraces(db, NOON + days * DAY_MS + more);
		return left();
	};
	expect(await after(1)).toEqual(['drafts', 'pairings', 'sessions', 'links', 'letters']);
	expect(await after(1, 1)).toEqual(['sessions', 'links', 'letters']);
	expect(await after(30)).toEqual(['sessions', 'links', 'letters']);
	expect(await after(30, 1)).toEqual(['letters']);
	expect(await after(90)).toEqual(['letters']);
	expect(await after(90, 1)).toEqual([]);
});
