import { chromium, type BrowserContext, type Page } from '@playwright/test';

const FLAGS =
	'--no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync --no-first-run';

export interface TabletBrowser {
	context: BrowserContext;
	page: Page;
}

/**
 * Debian's Chromium as a tablet: a profile on the disk that survives a restart, touch, and the browser's own permission to keep its
 * storage (a permission belongs to one run of the browser, so each start grants it again); null leaves it without. Without motion:
 * faces that breathe keep a processor busy that has to paint them, and nobody is here to see it.
 */
export async function startTabletBrowser(
	profile: string,
	origin: string | null,
	viewport = { width: 1280, height: 800 }
): Promise<TabletBrowser> {
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: '/usr/bin/chromium',
		args: FLAGS.split(' '),
		viewport,
		hasTouch: true,
		reducedMotion: 'reduce',
		locale: 'vi-VN',
		timezoneId: 'Asia/Ho_Chi_Minh'
	});
	const page = context.pages()[0] ?? (await context.newPage());
	if (origin) await keepStorage(page, origin);
	return { context, page };
}

/** Grants what an installed program has: the promise never to clear its storage. Playwright has no name for it; the protocol has. */
export async function keepStorage(page: Page, origin: string) {
	const session = await page.context().newCDPSession(page);
	await session.send('Browser.grantPermissions', { origin, permissions: ['durableStorage'] });
}
