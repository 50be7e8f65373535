import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDb } from '../../src/lib/server/db/open.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { FULL } from '../lane.ts';
import type { Actor } from '../factories/provinces.ts';
import {
	aHostileProvince,
	HOSTILE_SECRET,
	hostileList,
	type HostileProvince,
	type HostileWard
} from './xss/hostile-ward.ts';
import { PAYLOADS } from './xss/payloads.ts';

/** XSS-ALL: what people write, wherever it is shown, stays text. A new page or form is one line in the lists below. */
interface View {
	path: (ward: HostileWard) => string;
	/** Whether each payload must be read on it (on one of its pages); otherwise it must only do no harm. */
	shows: boolean;
	as?: 'leader' | 'moderator' | 'wardAdministrator' | 'visitor';
}
const within = (rest: string, shows = true, as?: View['as']): View => ({
	path: ({ ward }) => `/admin/${ward}${rest}`,
	shows,
	as
});
const about = (rest: (one: HostileWard['one']) => string): View => ({
	path: ({ ward, one }) => `/admin/${ward}${rest(one)}`,
	shows: false
});
const VIEWS: Record<string, View> = {
	'the first page': within('', false),
	organizations: { path: () => '/admin/organizations', shows: true },
	places: within('/places'),
	fields: within('/places/fields'),
	officers: within('/officers'),
	roster: within('/roster'),
	corrections: within('/roster/corrections', true, 'leader'),
	calendar: within('/calendar', false),
	tablets: within('/terminals'),
	posters: within('/posters'),
	people: within('/people'),
	import: within('/import', false),
	'look at an import': about(({ draft }) => `/import?draft=${draft}`),
	answers: within('/answers', false),
	'look at answers': about(({ answers }) => `/answers?file=${answers}`),
	tickets: within('/tickets'),
	'new tickets': within('/tickets/new', false),
	'ticket sheets': within('/tickets/new/sheets', false),
	'API keys': within('/tickets/keys'),
	quarantine: within('/quarantine', false, 'leader'),
	'excluded sheets': within('/quarantine/excluded', true, 'leader'),
	'a comment to decide on': { path: () => '/admin/comments', shows: true, as: 'moderator' },
	'comments to be released': { path: () => '/admin/comments?state=ready', shows: false, as: 'moderator' },
	'released comments': { path: () => '/admin/comments?state=released', shows: false, as: 'moderator' },
	cases: { path: () => '/office/cases?list=all', shows: true, as: 'leader' },
	'settings of cases': { path: () => '/office/cases/settings', shows: true, as: 'leader' },
	'a case by hand': { path: () => '/office/cases/new?as=hand', shows: false, as: 'leader' },
	'one case': { path: ({ one }) => `/office/cases/${one.case}`, shows: true, as: 'leader' },
	'one request': { path: ({ one }) => `/office/cases/${one.request}?open`, shows: true, as: 'leader' },
	audit: within('/audit', true, 'leader'),
	'how the server is': within('/status', false),
	results: { path: () => '/leader', shows: false, as: 'leader' },
	report: { path: () => '/leader/report', shows: false, as: 'leader' },
	'the Friday meeting': { path: () => '/leader/meeting', shows: true, as: 'leader' },
	'what is behind a figure': { path: () => '/leader/detail?criterion=HC&channel=poster', shows: false, as: 'leader' },
	'results over time': { path: () => '/leader/trend?step=month', shows: false, as: 'leader' },
	'results by the hour': { path: () => '/leader/hours', shows: false, as: 'leader' },
	'results by questionnaire': { path: () => '/leader?by=version', shows: false, as: 'leader' },
	'published results': { path: () => '/leader/published', shows: true, as: 'leader' },
	participation: { path: () => '/leader/participation', shows: false, as: 'leader' },
	alerts: { path: () => '/leader/alerts', shows: false, as: 'leader' },
	'beside others': { path: () => '/leader/peers', shows: true, as: 'leader' },
	targets: { path: () => '/leader/targets', shows: false, as: 'leader' },
	'published figures': within('/peers'),
	'comments of citizens': { path: () => '/leader/comments', shows: true, as: 'leader' },
	'own results': { path: () => '/office/results', shows: true, as: 'visitor' },
	'objections to results': { path: () => '/leader/objections', shows: true, as: 'leader' },
	'the public board': { path: ({ ward }) => `/results/${ward}`, shows: true },
	'the lobby’s screen': { path: ({ ward }) => `/results/${ward}/lobby`, shows: false },
	'boards to choose': { path: () => '/results', shows: false },
	dialogues: within('/dialogues', true, 'leader'),
	'one dialogue': { ...about(({ room }) => `/dialogues/${room}`), shows: true, as: 'leader' },
	'paper of a dialogue': { ...about(({ room }) => `/dialogues/${room}/paper`), shows: true, as: 'leader' },
	'a batch of paper': { ...about(({ room, pile }) => `/dialogues/${room}/paper/${pile}`), shows: true, as: 'leader' },
	'keying a batch of paper': {
		...about(({ room, pile }) => `/dialogues/${room}/paper/${pile}/keying`),
		shows: true,
		as: 'leader'
	},
	'paper from a file': {
		...about(({ room, pile }) => `/dialogues/${room}/paper/${pile}/file`),
		shows: true,
		as: 'leader'
	},
	'the cover of a batch of paper': {
		...about(({ room, pile }) => `/dialogues/${room}/paper/${pile}/cover`),
		shows: true,
		as: 'leader'
	},
	'sheets of a dialogue': { ...about(({ room }) => `/dialogues/${room}/paper/sheets`), shows: false, as: 'leader' },
	'a dialogue’s desk': { path: ({ one }) => `/live/${one.room}/desk`, shows: true, as: 'leader' },
	'a dialogue’s result': { path: ({ one }) => `/live/${one.room}/result`, shows: true },
	'a dialogue’s receipts': { path: ({ one }) => `/live/${one.room}/receipts`, shows: true },
	'a dialogue’s closing': { path: ({ one }) => `/live/${one.room}/desk/close`, shows: true, as: 'leader' },
	'the questions’ desk of a dialogue': {
		path: ({ one }) => `/live/${one.room}/questions-desk`,
		shows: true,
		as: 'leader'
	},
	'questions of a dialogue': { path: ({ one }) => `/live/${one.room}/questions`, shows: true },
	'promises of all dialogues': within('/dialogues/promises', true, 'leader'),
	'promises for everybody': { path: ({ ward }) => `/results/${ward}/promises`, shows: true },
	'a dialogue on the big screen': { path: ({ one }) => `/live/${one.room}/present`, shows: true },
	'a rehearsal': { ...about(({ room }) => `/dialogues/${room}/rehearsal`), shows: true, as: 'leader' },
	'a dialogue on air': { path: ({ one }) => `/live/${one.room}/overlay?token=${one.room}`, shows: true },
	'the plan of a year': within('/plan', true, 'leader'),
	'a new task of the plan': within('/plan/new', false, 'leader'),
	'a task of the plan': { ...about(({ task }) => `/plan/${task}`), shows: true, as: 'leader' },
	'changing a task of the plan': { ...about(({ task }) => `/plan/${task}/edit`), shows: true, as: 'leader' },
	'the annex of the plan': within('/plan/print', true, 'leader'),
	'the progress report of the plan': within('/plan/progress', true, 'leader'),
	account: { path: () => '/account', shows: false },
	office: { path: () => '/office', shows: true, as: 'leader' },
	'visits at home': { path: () => '/office/visits', shows: true, as: 'visitor' },
	'set-up of sites': { path: () => '/setup/sites', shows: false, as: 'wardAdministrator' },
	'set-up of counters': { path: () => '/setup/counters', shows: false, as: 'wardAdministrator' },
	'set-up of fields': { path: () => '/setup/fields', shows: false, as: 'wardAdministrator' },
	'end of the set-up': { path: () => '/setup/done', shows: false, as: 'wardAdministrator' },
	'a citizen’s request': { path: ({ ward }) => `/request/${ward}`, shows: false },
	'the public register': { path: ({ ward }) => `/results/${ward}/answers`, shows: true },
	'one public answer': { path: ({ ward }) => `/results/${ward}/answers/2025-0001`, shows: false },
	'following a case': { path: () => '/case', shows: false },
	'one site': about(({ site }) => `/places/sites/${site}`),
	'one counter': about(({ counter }) => `/places/counters/${counter}`),
	'one officer': about(({ officer }) => `/officers/${officer}`),
	questionnaires: within('/questionnaires'),
	'one questionnaire': { ...about(({ version }) => `/questionnaires/${version}`), shows: true },
	'edit a questionnaire': { ...about(({ version }) => `/questionnaires/${version}/edit`), shows: true },
	'publish a questionnaire': about(({ version }) => `/questionnaires/${version}/publish`),
	'one poster': about(({ poster }) => `/posters/${poster}`),
	'paper forms': within('/questionnaires/paper?count=1', false),
	'poster cards': about(({ poster }) => `/posters/${poster}?paper=card`),
	'one person': about(({ person }) => `/people/${person}`)
};
/** What a published questionnaire is drawn on; what stands in their addresses is tried on the pages above. */
const PUBLISHED: Record<string, View> = {
	'a questionnaire on paper': {
		...about(({ published }) => `/questionnaires/paper?count=1&version=${published}`),
		shows: true
	},
	'a citizen’s questionnaire': { path: ({ one }) => `/s/${one.code}?page=all`, shows: true },
	'a citizen’s questionnaire in English': { path: ({ one }) => `/s/${one.code}?page=all&lang=en`, shows: true },
	'a dialogue on a phone': { path: ({ one }) => `/live/${one.room}`, shows: true },
	'a citizen’s thanks': { path: ({ ward }) => `/thanks/${ward}`, shows: false }
};
/** Parameters of addresses that pages read. */
const PARAMETERS = [
	...['q', 'page', 'code', 'week', 'day', 'year', 'kind', 'state', 'duty', 'edit', 'draft', 'who', 'from', 'to'],
	...[
		'next',
		'preset',
		'by',
		'step',
		'method',
		'version',
		'done',
		'added',
		'changed',
		'archived',
		'revoked',
		'approved'
	],
	...['file', 'stored', 'known', 'differs'],
	...['list', 'class', 'source', 'template', 'as'],
	...['open', 'marked', 'lang', 'sent', 'voided'],
	...['paper', 'distance', 'rename'],
	...['problem', 'field', 'counterId', 'name', 'count']
];
/** Forms that would end the session, or take away what the others are about. */
const NOT_SENT = /sign-out|language|archive|revoke|disable|remove|end|withdraw|apply/i;
const ROUNDS = FULL ? 2 : 1;
/** How many of the payloads in an address are names too; it must not become too long. */
const NAMES = 8;
/** An address that is longer is refused whole, and shows nothing of what it holds. */
const LONGEST_QUERY = 3900;
// Every view of the product, one after the other, beside another browser.
vi.setConfig({ testTimeout: 900_000 });

let folder: string;
let server: Server;
let browser: Browser;
let world: HostileProvince;
const findings: string[] = [];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-xss-'));
	const databaseUrl = `file:${folder}/ward.db`;
	const db = await openDb(databaseUrl);
	world = await aHostileProvince(db, Date.now());
	await db.store.close();
	server = await startServer({
		databaseUrl,
		port: await freePort(),
		env: { DATA_DIR: folder, SECRET_KEY: HOSTILE_SECRET }
	});
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

/** A page that reports whatever runs, asks, is stopped by the policy or calls elsewhere. */
async function aWatchedPage(actor: Actor | null): Promise<Page> {
	const context: BrowserContext = await browser.newContext({ locale: 'vi-VN' });
	if (actor) await context.addCookies([{ name: 's-http', value: actor.token, url: server.origin }]);
	await context.addInitScript(() => {
		const seen: string[] = [];
		Object.assign(window, { seen, xss: () => seen.push('a payload ran') });
		addEventListener('securitypolicyviolation', (event) => {
			const { effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
			seen.push(`the policy stopped ${effectiveDirective} ${blockedURI}`);
		});
	});
	const page = await context.newPage();
	page.on('dialog', (dialog) => {
		findings.push(`${page.url()}: dialog ${dialog.message()}`);
		void dialog.dismiss();
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(`${server.origin}/`)) findings.push(`${page.url()}: asked for ${request.url()}`);
	});
	return page;
}

/** What the page has seen, and what stands in it that no page of ours contains. */
async function look(page: Page, what: string) {
	const found = await page.evaluate(() => {
		const problems = [...(window as unknown as { seen: string[] }).seen];
		for (const element of document.querySelectorAll('*')) {
			for (const { name, value } of element.attributes) {
				if (/^on/i.test(name)) problems.push(`<${element.localName} ${name}>`);
				if (/^(href|src|action|formaction)$/i.test(name) && /^\s*(javascript|data|vbscript):/i.test(value))
					problems.push(`<${element.localName} ${name}="${value}">`);
			}
		}
		const foreign =
			'iframe, object, embed, base, math, marquee, applet, frameset, script[src^="//"], meta[http-equiv=refresh]';
		for (const { localName } of document.querySelectorAll(foreign)) problems.push(`<${localName}>`);
		return problems;
	});
	for (const problem of found) findings.push(`${what}: ${problem}`);
}

async function open(page: Page, path: string, what: string): Promise<number> {
	const answer = await page.goto(server.origin + path);
	await look(page, what);
	return answer!.status();
}

/** Every text of the page: what is read, and what stands in fields. */
function textOf(page: Page): Promise<string> {
	return page.evaluate(() => {
		const texts: string[] = [];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walker.nextNode()) {
			const { parentElement, data } = walker.currentNode as Text;
			if (parentElement?.localName !== 'script') texts.push(data);
		}
		// What is hidden differs with every page drawn, such as the id of a fresh form.
		for (const field of document.querySelectorAll('input:not([type=hidden]), textarea'))
			texts.push((field as HTMLInputElement).value);
		return texts.join('\n');
	});
}

/** As a reader sees it: what has no shape of its own is not looked for. */
const shape = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Z}\uFFFD\s]/gu, '').normalize('NFC');

test('XSS-ALL: what is stored is shown as the text it is, on every page', async () => {
	expect(PAYLOADS.length).toBeGreaterThanOrEqual(FULL ? 120 : 40);
	const pages = {
		administrator: await aWatchedPage(world.administrator),
		leader: await aWatchedPage(world.leader),
		moderator: await aWatchedPage(world.moderator),
		wardAdministrator: await aWatchedPage(world.wardAdministrator),
		visitor: await aWatchedPage(world.visitor)
	};
	const missing: Record<string, string[]> = {};
	for (const [name, { path, shows, as = 'administrator' }] of Object.entries({ ...VIEWS, ...PUBLISHED })) {
		const page = pages[as];
		const address = path(world.whole);
		const status = await open(page, address, name);
		if (status !== 200) findings.push(`${name}: ${status}`);
		if (!shows) continue;
		let text = shape(await textOf(page));
		const isPaged = (await page.locator('a[href*="page="]').count()) > 0;
		for (let number = 2; isPaged && number < 20; number++) {
			const before = text.length;
			await open(page, `${address}${address.includes('?') ? '&' : '?'}page=${number}`, name);
			const more = shape(await textOf(page));
			if (text.endsWith(more)) break;
			text += more;
			if (text.length === before) break;
		}
		const unseen = PAYLOADS.filter((payload) => !text.includes(shape(payload)));
		if (unseen.length > 0) missing[name] = unseen;
	}
	expect(findings.splice(0)).toEqual([]);
	expect(missing).toEqual({});
});

test('XSS-ALL: a questionnaire’s file is a download that no browser reads as a page, with every text as it is', async () => {
	const { ward, one } = world.whole;
	const headers = { cookie: `s-http=${world.administrator.token}` };
	const file = await fetch(`${server.origin}/admin/${ward}/questionnaires/${one.published}/file`, { headers });
	expect(file.headers.get('content-type')).toMatch(/^application\/json/);
	expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
	expect(file.headers.get('x-content-type-options')).toBe('nosniff');
	const { content } = JSON.parse(await file.text()) as { content: { items: { text: { vi: string } }[] } };
	expect(content.items.map(({ text }) => text.vi)).toEqual(PAYLOADS);
});

/** Who opens addresses with payloads in them and sends forms; what a leader sees is drawn by the same components. */
const writers = async () => ({
	administrator: await aWatchedPage(world.administrator),
	moderator: await aWatchedPage(world.moderator),
	wardAdministrator: await aWatchedPage(world.wardAdministrator),
	visitor: await aWatchedPage(world.visitor)
});
type Writer = Exclude<NonNullable<View['as']>, 'leader'> | 'administrator';

test('XSS-ALL: what stands in an address, as a value or as a name, does nothing', async () => {
	const pages = await writers();
	const views = Object.entries(VIEWS).filter(([, { as }]) => as !== 'leader');
	for (const [turn, [name, { path, as = 'administrator' }]] of views.entries()) {
		const page = pages[as as Writer];
		// Every parameter with other payloads on every page; each payload on each page in the full lane.
		const rounds = Math.ceil(PAYLOADS.length / PARAMETERS.length);
		for (let round = 0; round < (FULL ? rounds : 1); round++) {
			const from = ((round + turn) % rounds) * PARAMETERS.length + turn * 5;
			const payloads = Array.from(PARAMETERS, (_, i) => PAYLOADS[(from + i) % PAYLOADS.length]);
			const query = new URLSearchParams();
			const names = payloads.slice(0, NAMES).map((payload) => [payload, payload] as const);
			for (const pair of [...PARAMETERS.map((parameter, i) => [parameter, payloads[i]!] as const), ...names])
				if (`${query}&${new URLSearchParams([[...pair]])}`.length < LONGEST_QUERY) query.append(...pair);
			const status = await open(page, `${path(world.small).split('?', 1)[0]}?${query}`, `${name}?${query}`);
			if (status >= 500 || status === 414) findings.push(`${name}?${query}: ${status}`);
		}
	}
	const visitor = await aWatchedPage(null);
	for (const payload of PAYLOADS.filter((_, i) => i % 4 === 0)) {
		const status = await open(
			visitor,
			`/sign-in?${new URLSearchParams({ next: payload, [payload]: payload })}`,
			payload
		);
		expect(status).toBe(200);
		await open(visitor, `/${encodeURIComponent(payload.replaceAll('\0', ''))}`, payload);
	}
	expect(findings.splice(0)).toEqual([]);
});

test('XSS-ALL: what is typed into a form comes back as the text it is, saved or refused', async () => {
	const list = join(folder, '"><img src=x onerror=xss()>.csv');
	writeFileSync(list, hostileList());
	const pages = await writers();
	let next = 0;
	let sent = 0;
	for (const [name, { path, as = 'administrator' }] of Object.entries(VIEWS)) {
		if (as === 'leader') continue;
		const page = pages[as];
		for (let round = 0; round < ROUNDS; round++) {
			for (let number = 0; ; number++) {
				await page.goto(server.origin + path(world.small));
				const payloads = PAYLOADS.slice(next % PAYLOADS.length)
					.concat(PAYLOADS)
					.slice(0, 20);
				const form = await fillIn(page, number, payloads);
				if (!form) break;
				if (form.file) await page.locator(`[data-tried] input[type=file]`).first().setInputFiles(list);
				next += form.fields;
				sent++;
				await Promise.all([
					page.waitForEvent('domcontentloaded'),
					page.evaluate(() => (document.querySelector('[data-tried]') as HTMLFormElement).submit())
				]);
				await look(page, `${name}, form ${form.action}`);
			}
		}
	}
	console.log(`xss: ${PAYLOADS.length} payloads, ${Object.keys(VIEWS).length} pages, ${sent} forms sent`);
	expect(sent).toBeGreaterThan(10);
	expect(findings.splice(0)).toEqual([]);
});

/** Writes into the texts of the form of this number, among those that are sent and differ; null where there is none. */
function fillIn(page: Page, number: number, payloads: string[]) {
	return page.evaluate(
		({ number, payloads, notSent }) => {
			const unlike = new Set<string>();
			const forms = [...document.querySelectorAll('form')].filter(({ method, action }) => {
				const fresh = !unlike.has(action);
				unlike.add(action);
				return fresh && method === 'post' && !new RegExp(notSent, 'i').test(action);
			});
			const texts = (form: HTMLFormElement) => [
				...form.querySelectorAll<HTMLInputElement>(
					'input:not([type]), input[type=text], input[type=search], input[type=email], textarea'
				)
			];
			const form = forms.filter((one) => texts(one).length > 0 || one.querySelector('input[type=file]'))[number];
			if (!form) return null;
			form.dataset.tried = '';
			const fields = texts(form);
			fields.forEach((field, i) => (field.value = payloads[i % payloads.length]));
			return { action: form.action, fields: fields.length, file: form.querySelector('input[type=file]') !== null };
		},
		{ number, payloads, notSent: NOT_SENT.source }
	);
}

test('the watch sees what it is there for', async () => {
	const page = await aWatchedPage(null);
	await page.route('**/planted', (route) =>
		route.fulfill({
			contentType: 'text/html',
			body: `<p>${PAYLOADS.find((text) => text.startsWith('<img src=x onerror'))}<a href=javascript:xss()>x</a><iframe></iframe>`
		})
	);
	await page.goto(`${server.origin}/planted`);
	await page.waitForTimeout(300);
	await look(page, 'planted');
	const seen = findings.splice(0).join('\n');
	for (const sign of ['a payload ran', 'onerror', 'javascript:xss()', '<iframe>']) expect(seen).toContain(sign);
});
