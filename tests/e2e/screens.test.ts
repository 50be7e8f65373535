import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POLICIES } from '../../src/lib/server/http/policies.ts';
import { commit, type Tx } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { dialogues, rounds } from '../../src/lib/server/db/schema/dialogue.ts';
import { promises, questions } from '../../src/lib/server/db/schema/dialogue-question.ts';
import { paperBatches } from '../../src/lib/server/db/schema/dialogue-paper.ts';
import { counters } from '../../src/lib/server/db/schema/place.ts';
import { apiKeys, questionnaireVersions, ticketBatches } from '../../src/lib/server/db/schema/survey.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { FULL } from '../lane.ts';
import { A_PROFILE } from '../factories/place.ts';
import { A_QUESTIONNAIRE } from '../factories/questionnaire.ts';

/** Every page of the staff, as whoever it is for sees it in the demonstration: on a phone in the dark, and then on a wide screen. */
const PHONE = { width: 360, height: 740 };
/** The same words and colours in another order: axe looked at them on the phone, and the set-up's journey has it look in light. */
const WIDE = { width: 1920, height: 1080 };
/** Who looks, in this order: the first who may open a page looks at it. */
const PEOPLE = ['quan-tri', 'lanh-dao', 'phu-trach', 'cong-chuc', 'kiem-tra', 'tinh'];

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-screens-'));
	const databaseUrl = `file:${folder}/ward.db`;
	const env = { DEMO: '1', DATA_DIR: folder };
	server = await startServer({ databaseUrl, port: await freePort(), env });
	await putTheRestOn(databaseUrl);
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

const ROOM = 'r00m00';
const PILE = 'p11e000000';
/** Pages about a thing that has no list of its own to find it in. */
const KNOWN: Record<string, string> = {
	'/live/[room]/desk': `/live/${ROOM}/desk`,
	'/live/[room]/result': `/live/${ROOM}/result`,
	'/live/[room]/receipts': `/live/${ROOM}/receipts`,
	'/live/[room]/questions-desk': `/live/${ROOM}/questions-desk`,
	'/live/[room]/desk/close': `/live/${ROOM}/desk/close`,
	'/admin/dialogues/[room]': `/admin/dialogues/${ROOM}`,
	'/admin/dialogues/[room]/rehearsal': `/admin/dialogues/${ROOM}/rehearsal`,
	'/admin/dialogues/[room]/paper': `/admin/dialogues/${ROOM}/paper`,
	'/admin/dialogues/[room]/paper/sheets': `/admin/dialogues/${ROOM}/paper/sheets`,
	'/admin/dialogues/[room]/paper/[batch=id]': `/admin/dialogues/${ROOM}/paper/${PILE}`,
	'/admin/dialogues/[room]/paper/[batch=id]/file': `/admin/dialogues/${ROOM}/paper/${PILE}/file`,
	'/admin/dialogues/[room]/paper/[batch=id]/keying': `/admin/dialogues/${ROOM}/paper/${PILE}/keying`,
	'/admin/dialogues/[room]/paper/[batch=id]/cover': `/admin/dialogues/${ROOM}/paper/${PILE}/cover`
};

/** The demonstration has no dialogue, no tablet, for a tablet is a device, no draft, no printed codes and no key; their pages are looked at with these. */
async function putTheRestOn(databaseUrl: string) {
	const db = await openDb(databaseUrl);
	const [counter] = await db.select().from(counters).limit(1);
	const { organizationId, id: counterId } = counter;
	const tablet = {
		id: 'tab1et0000',
		organizationId,
		counterId,
		name: 'Máy 1',
		publicKey: {},
		profile: A_PROFILE,
		pairedAt: 0
	};
	const id = 'dra1t00000';
	const draft = {
		...({ id, organizationId, questionnaireId: id, number: 1, state: 'draft' } as const),
		...{ name: 'Phiếu của phường', content: A_QUESTIONNAIRE, createdAt: 0, changedAt: 0 }
	};
	const batch = { kind: 'sheet', name: 'Giấy hẹn', made: 120, counterId, versionId: 'SIPAS5-v1' } as const;
	const made = { createdAt: Date.now(), createdBy: 'system', expiresOn: '2099-12-31' };
	const key = { name: 'Một cửa điện tử', keyHash: 'nobody', shows: 'lnk_abcdef', createdAt: Date.now() };
	const dialogue = {
		id: 'dia10g0000',
		organizationId,
		room: ROOM,
		title: 'Đối thoại',
		day: '2099-01-01',
		createdAt: 0
	};
	const round = { id: 'r0und00000', organizationId, dialogueId: dialogue.id, position: 0, text: 'Chọn việc nào?' };
	const asked = { kind: 'single', options: ['Việc một', 'Việc hai'], phase: 'open', openedAt: 0 } as const;
	await commit(db, async (tx) => {
		const run = { halls: ['Hội trường'], hallProof: 'code', state: 'live', roundId: round.id } as const;
		await tx.insert(dialogues).values({ ...dialogue, ...run, halls: [...run.halls] });
		await tx.insert(rounds).values({ ...round, ...asked, options: [...asked.options] });
		await askHere(tx, organizationId, dialogue.id);
		const pile = { number: 1, hall: 0, counted: 120, countedBy: 'Tổ kiểm phiếu', createdAt: 0 };
		await tx.insert(paperBatches).values({ id: PILE, organizationId, dialogueId: dialogue.id, ...pile });
		await tx.insert(terminals).values(tablet);
		await tx.insert(questionnaireVersions).values(draft);
		await tx.insert(ticketBatches).values({ id: 'batch00000', organizationId, ...batch, ...made });
		await tx.insert(apiKeys).values({ id: 'key0000000', organizationId, ...key });
	});
	await db.store.close();
}

/** One question in each of the states that its desk shows, and a promise to be kept. */
async function askHere(tx: Tx, organizationId: string, dialogueId: string) {
	const asked = { organizationId, dialogueId, textMark: '', fieldId: '', channel: 'live-hall' } as const;
	for (const state of ['waiting', 'shown', 'answering', 'declined'] as const) {
		const text = `Chị Lan hỏi: bao giờ sửa đường Hòn Rớ? (${state})`;
		const standing = { state, reason: state === 'declined' ? 'unclear' : '', version: 1 };
		await tx.insert(questions).values({ ...asked, ...standing, id: `${state}00`, followMark: state, text, askedAt: 0 });
	}
	const said = { text: 'Vá ổ gà đường Hòn Rớ', unit: 'Phòng Kinh tế', dueDay: '2099-01-01' };
	const open = { state: 'open', doneDay: '', evidence: '', reason: '', version: 1, createdAt: 0 } as const;
	await tx.insert(promises).values({ id: 'pr0m1se000', organizationId, dialogueId, ...said, ...open });
}

/** '/(admin)/admin/[[org=id]]/roster' is '/admin/roster'; a page about one thing is found by following a link to it. */
const pages = Object.entries(POLICIES)
	.filter(([, handlers]) => 'load' in handlers && !('public' in handlers.load))
	.map(([route]) => route.replace(/\/\([^)]+\)/g, '').replace(/\/\[\[[^\]]+\]\]/g, ''));

/** A look of axe takes longer than all else on a page: every third page in the short lane, and all pages share their components. */
const isLookedAtByAxe = (path: string) => FULL || pages.indexOf(path) % 3 === 0;

async function signedIn(context: BrowserContext, login: string): Promise<boolean> {
	const printed = server.output().match(new RegExp(`sign-in: (${login}\\S*) / (\\S+)`));
	if (!printed) return false;
	const page = await context.newPage();
	await page.goto(`${server.origin}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill(printed[1]);
	await page.getByLabel('Mật khẩu').fill(printed[2]);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	await page.close();
	return true;
}

/** The address of a page about one thing, taken from the links of the page above it. */
async function addressOf(page: Page, path: string): Promise<string | null> {
	if (!path.includes('[')) return path;
	if (path in KNOWN) return KNOWN[path]!;
	const above = path.slice(0, path.indexOf('/['));
	// What stands below a thing's page ('…/publish') is reached from there.
	const thing = path.slice(0, path.lastIndexOf(']') + 1);
	const form = new RegExp(`^${thing.replace(/\[[^\]]+\]/g, '[0-9a-z]{10}')}$`);
	for (const from of [above, above.slice(0, above.lastIndexOf('/'))]) {
		await page.goto(`${server.origin}${from}`);
		const links = await page.locator('a').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
		const found = links.find((link) => form.test(link));
		if (found) return found + path.slice(thing.length);
	}
	return null;
}

async function sticksOut(page: Page): Promise<string[]> {
	const { wide, by } = await page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		return { wide: clientWidth, by: scrollWidth - clientWidth };
	});
	return by > 0 ? [`${by} px wider than ${wide}`] : [];
}

test('nothing sticks out and axe finds nothing', { timeout: 300_000 }, async () => {
	const open = new Set(pages);
	const problems: string[] = [];
	for (const login of PEOPLE) {
		if (open.size === 0) break;
		const context = await browser.newContext({ viewport: PHONE, colorScheme: 'dark', locale: 'vi-VN' });
		if (!(await signedIn(context, login))) continue;
		const page = await context.newPage();
		page.on('console', (line) => line.type() === 'error' && problems.push(`${page.url()}: ${line.text()}`));
		page.on('pageerror', (thrown) => problems.push(`${page.url()}: ${thrown.message}`));
		for (const path of open) {
			const before = problems.length;
			const address = await addressOf(page, path);
			problems.length = before; // looking for a link opens pages that may not be theirs, or not be there
			if (!address) continue;
			const answer = await page.goto(`${server.origin}${address}`);
			if (answer!.status() !== 200 || new URL(page.url()).pathname !== address) {
				problems.length = before; // not theirs to open; the browser reports the refusal too
				continue;
			}
			open.delete(path);
			const faults = await sticksOut(page);
			if (isLookedAtByAxe(path)) faults.push(...(await findFaults(page)));
			await page.setViewportSize(WIDE);
			await page.emulateMedia({ colorScheme: 'light' });
			faults.push(...(await sticksOut(page)));
			problems.push(...faults.map((fault) => `${path}: ${fault}`));
			await page.setViewportSize(PHONE);
			await page.emulateMedia({ colorScheme: 'dark' });
		}
		await context.close();
	}
	expect(problems).toEqual([]);
	expect([...open], 'pages that nobody could open').toEqual([]);
});

test('what is chosen before the scripts arrive stays chosen', async () => {
	const context = await browser.newContext({ locale: 'vi-VN' });
	await signedIn(context, 'quan-tri');
	const page = await context.newPage();
	let arrive = () => {};
	const late = new Promise<void>((resolve) => (arrive = resolve));
	await page.route('**/_app/**/*.js', (route) => late.then(() => route.continue()));
	await page.goto(`${server.origin}/admin/terminals?code=ABCD2345`, { waitUntil: 'commit' });
	const counter = page.getByLabel('Đặt ở quầy');
	const quick = page.getByRole('radio', { name: /^Nhanh/ });
	const name = page.getByLabel(/Tên máy/);
	await counter.selectOption({ index: 2 });
	await quick.check();
	await name.fill('Máy thử');
	const chosen = await counter.inputValue();
	arrive();
	// Kit's line for screen readers is there only when the scripts have taken the page over.
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	expect([await counter.inputValue(), await quick.isChecked(), await name.inputValue()]).toEqual([
		chosen,
		true,
		'Máy thử'
	]);
	await context.close();
});
