/** What the server said to one call. */
export interface Answer {
	/** 0: nothing came back. */
	status: number;
	/** The refusal's code, or one made of the status where the answer names none. */
	code: string;
	/** The parsed body; null where it is no JSON. */
	value: unknown;
	/** Seconds, where the server asked for them. */
	retryAfter: number | null;
}

export const NO_ANSWER: Answer = { status: 0, code: 'network', value: null, retryAfter: null };

/** Reads an answer the same way on a tablet and in the simulator. `retryAfter` is the header of that name, in seconds. */
export function readAnswer(status: number, text: string, retryAfter: string | null | undefined): Answer {
	const value = parse(text);
	const seconds = Number(retryAfter ?? Number.NaN);
	return {
		status,
		code: textField(value, 'code') ?? `http-${status}`,
		value,
		retryAfter: Number.isFinite(seconds) ? seconds : null
	};
}

export function textField(value: unknown, name: string): string | null {
	const found = value && typeof value === 'object' ? (value as Record<string, unknown>)[name] : null;
	return typeof found === 'string' ? found : null;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
