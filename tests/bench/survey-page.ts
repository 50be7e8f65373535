import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { collectors } from '../../src/lib/server/db/schema/survey.ts';
import { median, round, type Figure } from './figure.ts';
import { foundProvince } from './province.ts';
import { freshFolder, startProduct } from './servers.ts';

const LIMIT_KB = 35;
const LIMIT_LCP_MS = 1500;
const LIMIT_INP_MS = 200;
/** Chromium's "slow 4G": 1,6 Mbit/s down, 750 kbit/s up, 150 ms, on a processor four times as slow. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOWER_PROCESSOR = 4;
const CODES = { 'SIPAS5-v1': '5h0rt5h0', 'SIPAS19-v1': 'a11a11a1' };

const TAPS = 12;
/** A hurried thumb; quicker taps would wait for each other's frames. */
const PAUSE_MS = 300;
/** One look on a busy machine says little: of so many the median is told. */
const LOOKS = 3;

interface TraceEvent {
	name: string;
	args: { data?: { interactionId?: number; duration?: number } };
}

interface View {
	name: string;
	bytes: number;
	requests: number;
	lcp: number;
	inp: number;
}

/** The first view of a poster's page on a cheap phone, short and long questionnaire, with and without JavaScript: bytes, LCP and INP. */
export async function surveyPage(seed: number): Promise<Figure> {
	const folder = freshFolder();
	const database = `${folder.path}/product.db`;
	const db = await openDb(`file:${database}`);
	await foundProvince(db, {
		wards: 1,
		countersPerWard: 1,
		fieldsPerWard: 1,
		fieldsPerCounter: 1,
		officersPerCounter: 1
	});
	const own = Object.entries(CODES).map(([versionId, code]) => {
		return {
			id: code,
			organizationId: 'w000000000',
			code,
			name: 'Sảnh',
			siteId: 's000000000',
			versionId,
			createdAt: 0
		};
	});
	await commit(db, (tx) => tx.insert(collectors).values(own));
	await db.store.close();
	const product = await startProduct(database);
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu']
	});
	const views: View[] = [];
	try {
		for (const [version, code] of Object.entries(CODES))
			for (const scripts of [false, true]) {
				const name = `${version} ${scripts ? 'with' : 'without'} JavaScript`;
				const looks: Omit<View, 'name'>[] = [];
				for (let i = 0; i < LOOKS; i++)
					looks.push(await look(browser, `http://127.0.0.1:${product.port}/s/${code}`, scripts));
				const middle = (part: keyof Omit<View, 'name'>) => median(looks.map((each) => each[part]));
				views.push({
					name,
					bytes: Math.max(...looks.map(({ bytes }) => bytes)),
					requests: middle('requests'),
					lcp: middle('lcp'),
					inp: middle('inp')
				});
			}
	} finally {
		await browser.close();
		await product.stop();
		folder.remove();
	}
	const kilobytes = Math.max(...views.map(({ bytes }) => bytes)) / 1024;
	const isQuick = views.every(({ lcp, inp }) => lcp > 0 && lcp <= LIMIT_LCP_MS && inp <= LIMIT_INP_MS);
	return {
		name: 'survey-page',
		value: round(kilobytes, 1),
		unit: 'KB',
		limit: LIMIT_KB,
		ratio: round(kilobytes / LIMIT_KB, 3),
		n: views.length,
		seed,
		held: kilobytes <= LIMIT_KB && isQuick,
		details: views.map(({ name, bytes, requests, lcp, inp }) => {
			return `${name}: ${round(bytes / 1024, 1)} KB in ${requests} requests, LCP ${round(lcp)} ms, INP ${round(inp)} ms`;
		})
	};
}

async function look(browser: Browser, address: string, javaScriptEnabled: boolean): Promise<Omit<View, 'name'>> {
	const context = await browser.newContext({
		viewport: { width: 360, height: 740 },
		hasTouch: true,
		isMobile: true,
		javaScriptEnabled
	});
	const page = await context.newPage();
	const devtools = await context.newCDPSession(page);
	await devtools.send('Network.enable');
	await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_PROCESSOR });
	let [bytes, requests] = [0, 0];
	devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
		bytes += encodedDataLength;
		requests++;
	});
	await page.goto(address, { waitUntil: 'networkidle' });
	// Without JavaScript no callback of the page ever runs; what is recorded can be taken all the same.
	const lcp = await page.evaluate(() => {
		const paints = new PerformanceObserver(() => {});
		paints.observe({ type: 'largest-contentful-paint', buffered: true });
		return paints.takeRecords().at(-1)?.startTime ?? 0;
	});
	const inp = await tapFaces(browser, page, devtools);
	await context.close();
	return { bytes, requests, lcp, inp };
}

/** The slowest of twelve taps, from the finger to the frame that shows it. Traced by the browser, which needs no script in the page. */
async function tapFaces(browser: Browser, page: Page, devtools: CDPSession): Promise<number> {
	// A display takes every frame. Where nobody does, a browser without a window leaves some for the next tap to draw.
	devtools.on('Page.screencastFrame', ({ sessionId }) => void devtools.send('Page.screencastFrameAck', { sessionId }));
	await devtools.send('Page.startScreencast', { format: 'jpeg', quality: 1, maxWidth: 90, maxHeight: 185 });
	await browser.startTracing(page, { categories: ['devtools.timeline'] });
	for (const label of (await page.locator('fieldset label:has(svg)').all()).slice(0, TAPS)) {
		await label.tap();
		await page.waitForTimeout(PAUSE_MS);
	}
	const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
	const taps = traceEvents.flatMap(({ name, args: { data } }) =>
		name === 'EventTiming' && data?.interactionId ? [{ id: data.interactionId, ms: data.duration ?? 0 }] : []
	);
	const measured = new Set(taps.map(({ id }) => id)).size;
	if (measured !== TAPS) throw new Error(`${measured} of ${TAPS} taps were measured`);
	return Math.max(...taps.map(({ ms }) => ms));
}
