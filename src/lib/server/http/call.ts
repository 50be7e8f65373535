import { countRefusal } from './metrics.ts';
import { PROBLEMS, Refusal, storageProblem, type ProblemCode } from './problem.ts';

/** One request to the API, freed from the server it came through: bare `node:http` in production, Kit in development. */
export interface Call {
	method: string;
	/** Path without the query. */
	path: string;
	query: URLSearchParams;
	header: (name: string) => string | undefined;
	body: string;
	/** What the log calls it. */
	requestId?: string;
}

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
		body: JSON.stringify(value)
	};
}

export const nothing: Answer = { status: 204, headers: { 'cache-control': 'no-store' }, body: '' };

export function problem(code: ProblemCode): Answer {
	countRefusal(code);
	const { status, message } = PROBLEMS[code];
	return json({ code, message }, status, retryAfter(code));
}

/** The same as RFC 9457 has it, for programs of others: `type` is an address that says it again. */
export function problemDocument(code: ProblemCode, origin: string, headers: Record<string, string> = {}): Answer {
	countRefusal(code);
	const { status, message } = PROBLEMS[code];
	const document = { type: problemType(code, origin), title: message, status, code };
	return json(document, status, { ...retryAfter(code), ...headers, 'content-type': 'application/problem+json' });
}

export const problemType = (code: ProblemCode, origin: string) => `${origin}/api/v1/problems/${code}`;

function retryAfter(code: ProblemCode): Record<string, string> {
	const known = PROBLEMS[code];
	return 'retryAfter' in known ? { 'retry-after': String(known.retryAfter) } : {};
}

/** Runs a handler; what it refuses and what the storage refuses become a coded answer, the rest is reported and stays opaque. */
export async function answerTo(
	handler: () => Promise<Answer> | Answer,
	report: (problem: unknown) => void,
	refuse = problem
): Promise<Answer> {
	try {
		return await handler();
	} catch (thrown) {
		if (thrown instanceof Refusal) return refuse(thrown.code);
		const storage = storageProblem(thrown);
		report(thrown);
		return refuse(storage ?? 'unexpected');
	}
}

/** No call nests deeper; what does would overflow the stack when it is written down again. */
const DEEPEST = 32;

export function parseJson(text: string): unknown {
	if (depthOf(text) > DEEPEST) throw new Refusal('json-malformed');
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal('json-malformed');
	}
}

function depthOf(text: string): number {
	let deepest = 0;
	let depth = 0;
	let quoted = false;
	for (let i = 0; i < text.length; i++) {
		const character = text[i];
		if (quoted) {
			if (character === '\\') i++;
			else if (character === '"') quoted = false;
		} else if (character === '"') quoted = true;
		else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
		else if (character === ']' || character === '}') depth--;
	}
	return deepest;
}
