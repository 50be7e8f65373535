import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTablet } from '../tablet/build.ts';
import { startTabletBrowser } from '../tablet/chromium.ts';
import { FakeApi } from '../tablet/fake-api.ts';
import { TabletPage } from '../tablet/tablet-page.ts';
import { median, round, type Figure } from './figure.ts';

const LIMIT_MS = 50;
const SLOWDOWN = 4;
const PRESSES = 25;

/**
 * From the finger on a face to the frame that shows it pressed, in Chromium slowed down fourfold. The finger slides away each time, so
 * that nothing is chosen and the same screen is measured again.
 */
export async function tabletTap(seed: number): Promise<Figure> {
	const program = buildTablet();
	const profile = mkdtempSync(join(tmpdir(), 'tablet-profile-'));
	const api = await new FakeApi(program).listen();
	const { context, page } = await startTabletBrowser(profile, api.origin);
	try {
		await page.emulateMedia({ reducedMotion: 'no-preference' });
		await context.addInitScript(watchPresses);
		const tablet = new TabletPage(page);
		await tablet.open(api.origin);
		await tablet.rests();
		const session = await context.newCDPSession(page);
		await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
		for (let press = 0; press < PRESSES; press++) {
			const box = (await tablet.face((press % 5) + 1).boundingBox())!;
			await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
			await page.mouse.down();
			await page.waitForFunction((n) => (globalThis as unknown as Watched).pressed.length > n, press);
			await page.mouse.move(600, 190);
			await page.mouse.up();
		}
		const pressed = await page.evaluate(() => (globalThis as unknown as Watched).pressed);
		return figureOf(pressed, seed);
	} finally {
		await context.close();
		await api.close();
		for (const folder of [program, profile]) rmSync(folder, { recursive: true, force: true });
	}
}

function figureOf(pressed: number[], seed: number): Figure {
	const value = median(pressed);
	return {
		name: 'tablet-tap',
		value: round(value, 1),
		unit: 'ms',
		limit: LIMIT_MS,
		ratio: round(value / LIMIT_MS, 3),
		n: pressed.length,
		seed,
		held: value <= LIMIT_MS,
		details: [`median of ${pressed.length} presses at ${SLOWDOWN}× slower; worst ${round(Math.max(...pressed), 1)} ms`]
	};
}

interface Watched {
	pressed: number[];
}

/** Runs in the page: milliseconds from each touch until the frame is done in which its button is `:active`. */
function watchPresses() {
	const watched = Object.assign(globalThis, { pressed: [] as number[] });
	addEventListener('pointerdown', ({ target, timeStamp }) => {
		const button = (target as HTMLElement).closest('button');
		const look = () =>
			requestAnimationFrame(() => {
				const channel = new MessageChannel(); // its message comes once the frame is done
				channel.port1.onmessage = () => {
					if (button?.matches(':active')) watched.pressed.push(performance.now() - timeStamp);
					else look();
				};
				channel.port2.postMessage(null);
			});
		look();
	});
}
