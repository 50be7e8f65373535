/** In this order: most browsers also call themselves Chrome and Safari. */
const BROWSERS: readonly [RegExp, string][] = [
	[/coc_coc_browser/i, 'Cốc Cốc'],
	[/Edg(e|A|iOS)?\//, 'Edge'],
	[/OPR\/|Opera/, 'Opera'],
	[/SamsungBrowser/, 'Samsung Internet'],
	[/Firefox|FxiOS/, 'Firefox'],
	[/Chrome|CriOS/, 'Chrome'],
	[/Safari/, 'Safari']
];
const SYSTEMS: readonly [RegExp, string][] = [
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/CrOS/, 'ChromeOS'],
	[/Mac OS X|Macintosh/, 'macOS'],
	[/Linux/, 'Linux']
];

/** A browser in a few words, so that somebody recognizes their own sessions: 'Chrome trên Windows'; '' where nothing is known. */
export function deviceOf(userAgent: string | null): string {
	const named = (list: readonly [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
	return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(' trên ');
}
