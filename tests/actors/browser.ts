import { chromium, type Browser } from '@playwright/test';

/**
 * Chromium without a window, as Debian builds it: the same engine as the whole browser's, without the interface around it, which
 * takes more of the processor than our pages do. Tablets are the whole browser (tests/tablet/chromium.ts).
 */
export function startBrowser(...flags: string[]): Promise<Browser> {
	return chromium.launch({
		executablePath: '/usr/bin/chromium-headless-shell',
		args: ['--no-sandbox', '--disable-gpu', ...flags]
	});
}
