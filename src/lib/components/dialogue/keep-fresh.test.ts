import { expect, onTestFinished, test, vi } from 'vitest';
import { keepFresh } from './keep-fresh.ts';

const TIMES = { firstMs: 1000, againMs: 500 };

function aPage() {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const page = { frame: 1, data: 0, loads: 0 };
	/** The server reads what there is, and its answer is some time on its way. */
	const load = async () => {
		const read = page.frame;
		page.loads++;
		await new Promise((arrived) => setTimeout(arrived, 200));
		page.data = read;
	};
	return { page, stop: keepFresh(() => page.data !== page.frame, load, TIMES) };
}

test('what came while the data was loading is loaded too, and then there is rest', async () => {
	const { page } = aPage();
	await vi.advanceTimersByTimeAsync(1100);
	page.frame = 2;
	await vi.advanceTimersByTimeAsync(100);
	expect(page).toEqual({ frame: 2, data: 1, loads: 1 });
	await vi.advanceTimersByTimeAsync(10_000);
	expect(page).toEqual({ frame: 2, data: 2, loads: 2 });
});

test('a load that fails is tried again; whoever has gone loads nothing', async () => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	let tries = 0;
	const stop = keepFresh(
		() => true,
		() => (++tries, Promise.reject(new Error('no network'))),
		TIMES
	);
	await vi.advanceTimersByTimeAsync(2000);
	expect(tries).toBe(3);
	stop();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(tries).toBe(3);
});
