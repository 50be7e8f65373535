import type { Log } from '../log.ts';

/** One request as the log knows it: no address, no path, no name. */
export interface Noted {
	requestId?: string;
	method: string;
	/** The pattern of the route; what stood in the place of a parameter is not in it. */
	route: string;
	status: number;
	ms: number;
}

/**
 * One line for each request of staff and of other systems. Citizens, halls and tablets leave none unless the server failed: the time of
 * a line would tell who stood at the counter when a rating came (reliability.md T15, 6).
 */
export function noteRequest(log: Log, noted: Noted, isQuiet: boolean) {
	const { ms, ...rest } = noted;
	const line = { ...rest, ms: Math.round(ms * 10) / 10 };
	if (noted.status >= 500) log.warn(line, 'request');
	else if (isQuiet) return;
	else if (noted.route === FILE && noted.status < 400) log.debug(line, 'request');
	else log.info(line, 'request');
}

/** What is served before a route is looked for: scripts, styles, pictures. */
export const FILE = 'file';
/** What no route answers. */
export const UNKNOWN = 'unknown';

export function isQuietPage(route: string): boolean {
	return /^\/\((survey|live)\)/.test(route) && !route.startsWith('/(live)/live/[room]/desk');
}

/** The pattern of a route of the API as people write it. */
export function patternOf({ source }: RegExp): string {
	return source
		.replaceAll('\\/', '/')
		.replaceAll('\\.', '.')
		.replace(/^\^|\$$/g, '')
		.replace(/\([^)]*\)/g, '*');
}
