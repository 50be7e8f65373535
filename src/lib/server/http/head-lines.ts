/** The head lines of every answer, whoever gives it: pages, files, redirects, errors and the API. */
export function headLines(origin: string): Record<string, string> {
	return {
		'X-Content-Type-Options': 'nosniff',
		'Referrer-Policy': 'same-origin',
		'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=(), browsing-topics=()',
		'Cross-Origin-Opener-Policy': 'same-origin',
		'Cross-Origin-Resource-Policy': 'same-origin',
		'Origin-Agent-Cluster': '?1',
		// Over plain http a browser ignores it; a demonstration must not promise what it can not keep.
		...(origin.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' })
	};
}

/** For what Kit does not render itself, the tablet's page above all; Kit's pages carry their own with nonces (svelte.config.js). */
export const FILE_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data: blob:",
	"font-src 'self'",
	"connect-src 'self'",
	"media-src 'self'",
	"manifest-src 'self'",
	"worker-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"object-src 'none'",
	"frame-src 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
	// tablet-worker: terminals/app/update.ts, for the one address of its service worker.
	'trusted-types svelte-trusted-html tablet-worker'
].join('; ');

/** An answer of the API is data: whoever opens it as a page gets one that can do nothing. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** A file whose name changes with its content may be kept for good; any other is asked for again. */
export function cacheControlOf(path: string): string {
	return path.startsWith('/terminal/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}
