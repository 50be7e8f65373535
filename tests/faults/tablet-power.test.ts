import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildTablet } from '../tablet/build.ts';
import { startTabletBrowser, type TabletBrowser } from '../tablet/chromium.ts';
import { FakeApi } from '../tablet/fake-api.ts';
import { killBrowser, TabletPage } from '../tablet/tablet-page.ts';
import { FULL } from '../lane.ts';
import { aDisk, CUTS_POWER } from './disk.ts';
import { LONG, PATIENCE_MS } from './history.ts';

if (!CUTS_POWER)
	console.log(
		'SKIPPED: tablet-power.test.ts has to make disks of its own, which needs root, xfsprogs and loop devices.'
	);

const CUTS = LONG ? 100 : FULL ? 20 : 2;

let program: string;
beforeAll(() => void (program = buildTablet()));

/** As many ratings as cuts, each cut right after its thanks; nothing is sent meanwhile. How many each cut has lost. */
async function throughPowerCuts(count: number, take?: () => void): Promise<number[]> {
	const api = await new FakeApi(program).listen();
	onTestFinished(() => api.close());
	const disk = aDisk(512);
	const browser = await startTabletBrowser(`${disk.path}/profile`, api.origin);
	onTestFinished(() => end(browser, `${disk.path}/profile`));
	if (take) await browser.context.addInitScript(take);
	const tablet = new TabletPage(browser.page);
	await tablet.open(api.origin);
	await tablet.rests();
	api.trouble = 503;
	const cuts: number[] = [];
	for (let i = 0; i < count; i++) {
		await tablet.rate(3 + (i % 3));
		cuts.push(disk.cut());
	}
	await end(browser, `${disk.path}/profile`);

	// A tablet that has lost its pairing too is paired again, and has recorded nothing.
	api.trouble = null;
	const lost: number[] = [];
	for (const [i, cut] of cuts.entries()) {
		const kept = await disk.after(cut, (path) => keptOn(`${path}/profile`, api.origin));
		lost.push(i + 1 - kept);
	}
	return lost;
}

/** How many ratings a tablet says it has recorded when it starts on what is left. */
async function keptOn(profile: string, origin: string): Promise<number> {
	const browser = await startTabletBrowser(profile, origin);
	try {
		const tablet = new TabletPage(browser.page);
		await tablet.open(origin);
		await tablet.rests();
		await tablet.enterStaffCorner();
		return Number((await tablet.status())['Phiếu đã ghi']);
	} finally {
		await end(browser, profile);
	}
}

async function end({ context }: TabletBrowser, profile: string) {
	killBrowser(profile);
	await context.close().catch(() => {});
}

test.skipIf(!CUTS_POWER)(
	'whenever the power of a tablet is cut, every rating that was thanked for is on it',
	async () => {
		const lost = await throughPowerCuts(CUTS);
		console.log(`tablet’s power: ${lost.length} cuts, ${lost.filter((each) => each > 0).length} lossy`);
		expect(lost).toEqual(Array(CUTS).fill(0));
	},
	PATIENCE_MS
);

test.skipIf(!CUTS_POWER)('a tablet that writes as browsers do by default loses what it thanked for', async () => {
	const lost = await throughPowerCuts(1, () => {
		const { transaction } = IDBDatabase.prototype;
		IDBDatabase.prototype.transaction = function (stores, mode) {
			return transaction.call(this, stores, mode);
		};
	});
	expect(lost.some((each) => each > 0)).toBe(true);
});
