import { chromium, type Browser } from '@playwright/test';

/** A loaded machine may take longer than Playwright's half minute for what is there at once otherwise. */
const PATIENCE_MS = 60_000;
/** Of the process, not of the test file, whose modules are its own. */
const once = globalThis as { chromium?: Promise<Browser> };

/**
 * Chromium without a window, as Debian builds it: the same engine as the whole browser's, without the interface around it, which
 * takes more of the processor than our pages do. Tablets are the whole browser (tests/tablet/chromium.ts). The files of a process
 * come one after another and share one, unless they ask for flags, for its start takes longer than many a test; what is closed then
 * is what the file has opened in it.
 */
export async function startBrowser(...flags: string[]): Promise<Browser> {
	if (flags.length > 0) return patient(await launch(flags));
	const last = await once.chromium;
	const shared = last?.isConnected() ? last : await (once.chromium = launch());
	const close = async () => void (await Promise.all(shared.contexts().map((context) => context.close())));
	return patient(shared, { close });
}

function launch(flags: string[] = []): Promise<Browser> {
	const args = ['--no-sandbox', '--disable-gpu', ...flags];
	return chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args });
}

function patient(browser: Browser, own: Partial<Browser> = {}): Browser {
	const instead: Partial<Browser> = {
		...own,
		async newContext(options) {
			const context = await browser.newContext(options);
			context.setDefaultTimeout(PATIENCE_MS);
			return context;
		},
		async newPage(options) {
			const page = await browser.newPage(options);
			page.setDefaultTimeout(PATIENCE_MS);
			return page;
		}
	};
	return new Proxy(browser, { get: (whole, name) => Reflect.get(name in instead ? instead : whole, name) });
}
