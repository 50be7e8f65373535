import { m } from '$lib/paraglide/messages.js';

/** What kind of place a site is, as a word. */
export function siteKind(kind: 'main' | 'satellite' | 'home'): string {
	const words = { main: m.place_site_main, satellite: m.place_site_satellite, home: m.place_site_home };
	return words[kind]();
}
