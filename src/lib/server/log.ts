import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './environment.ts';
import { Notice } from './notice.ts';

/**
 * What the running server says of itself: one JSON line each on standard output. Only fields that are named here and in the callers
 * get in; nothing that came with a request is written, nor the words of an error, which may repeat it (decision 0066).
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Where a failure happened. */
export interface About {
	requestId?: string;
	route?: string;
	job?: string;
}

export type Report = (problem: unknown, about?: About) => void;

/** Written behind the answers, in the order it was said; at the end of the process what is left is written at once. */
export function openLog(level: LogLevel, destination?: DestinationStream): Log {
	Error.stackTraceLimit = 2 * FRAMES;
	const options = {
		level,
		base: null,
		timestamp: () => `,"time":"${new Date().toISOString()}"`,
		formatters: { level: (label: string) => ({ level: label }) }
	};
	return pino(options, destination ?? pino.destination({ dest: 1, sync: false }));
}

export function reporterOf(log: Log): Report {
	return (problem, about) => log.error({ ...about, error: describe(problem) }, 'failed');
}

interface Described {
	type: string;
	/** Of a `Notice`, or what SQLite says, which knows nothing of the values. */
	says?: string;
	code?: string;
	/** Of the table, where a database refused. */
	constraint?: string;
	at?: string[];
	cause?: Described;
}

const DEEPEST = 4;
/** Ours stand below those of the libraries. */
const FRAMES = 16;

/** What kind of failure it was and where in the program: enough to find it, nothing that somebody typed. */
export function describe(problem: unknown, depth = 1): Described {
	if (!(problem instanceof Error)) return { type: typeof problem };
	const { code, constraint, cause } = problem as { code?: unknown; constraint?: unknown; cause?: unknown };
	const type = problem.constructor.name;
	return {
		type,
		...((problem instanceof Notice || type === 'SqliteError') && { says: problem.message }),
		...(isName(code) && { code: String(code) }),
		...(isName(constraint) && { constraint: String(constraint) }),
		at: framesOf(problem),
		...(cause !== undefined && depth < DEEPEST && { cause: describe(cause, depth + 1) })
	};
}

const isName = (value: unknown) => /^[\w-]{1,60}$/.test(String(value)) && value !== undefined;

/** Behind the message, which may have lines that look like these. */
function framesOf({ message, stack = '' }: Error): string[] {
	const from = stack.indexOf(message);
	if (from < 0) return [];
	return stack
		.slice(from + message.length)
		.split('\n')
		.map((line) => /^\s+at ([^'"`\n]+:\d+:\d+\)?)$/.exec(line)?.[1])
		.filter((frame) => frame !== undefined && !/\(?node:/.test(frame))
		.map((frame) => frame!.replaceAll(`file://${process.cwd()}/`, '').replaceAll(`${process.cwd()}/`, ''))
		.slice(0, FRAMES);
}
