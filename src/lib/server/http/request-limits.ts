import type { ProblemCode } from './problem.ts';

/** What of a request to a page shows how much it wants; header names are lower case. */
export interface Arriving {
	method: string;
	/** As it stands in the request line. */
	target: string;
	header: (name: string) => string | undefined;
}

const KIB = 1024;
const MIB = 1024 * KIB;
const FORM_BYTES = 64 * KIB;
/** What carries a file: lists of people and places, years of answers, a photo or a file of a case with the form around it, the texts of a questionnaire. */
const LARGER: readonly { path: RegExp; bytes: number }[] = [
	{ path: /^\/admin\/(.+\/)?import$/, bytes: 8 * MIB },
	{ path: /^\/admin\/(.+\/)?answers$/, bytes: 16 * MIB },
	{ path: /^\/office\/cases\/[^/]+$/, bytes: 6 * MIB },
	{ path: /^\/admin\/(.+\/)?officers\/[^/]+$/, bytes: 6 * MIB },
	{ path: /^\/admin\/(.+\/)?dialogues\/[^/]+\/paper\/[^/]+\/file$/, bytes: MIB },
	{ path: /^\/admin\/(.+\/)?questionnaires(\/[^/]+\/edit)?$/, bytes: 2 * MIB }
];
/** The largest of all, for Kit's own limit behind this one. */
export const LARGEST_BODY = Math.max(FORM_BYTES, ...LARGER.map(({ bytes }) => bytes));
const TARGET_LENGTH = 4 * KIB;
const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS']);
const METHODS = new Set([...BODILESS, 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Whether a request to a page may be read at all; null or why not. A body says its length beforehand: one that grows while it
 * comes could only be refused after it was taken in.
 */
export function judgeSize({ method, target, header }: Arriving): ProblemCode | null {
	if (target.length > TARGET_LENGTH) return 'address-too-long';
	// 'http://elsewhere/' and '//elsewhere' would become the address that links are made from.
	if (!/^\/(?![/\\])/.test(target)) return 'address-malformed';
	if (!METHODS.has(method)) return 'method-not-allowed';
	if (BODILESS.has(method)) return null;
	if (header('transfer-encoding') !== undefined) return 'length-required';
	return Number(header('content-length') ?? 0) > bodyLimitOf(target) ? 'form-too-large' : null;
}

export function bodyLimitOf(target: string): number {
	const path = target.split('?', 1)[0].replace(/\/$/, '');
	return LARGER.find((one) => one.path.test(path))?.bytes ?? FORM_BYTES;
}
