import { isAbsolute, join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { isPeriod } from '../../lib/domain/report/period.ts';
import { isLocalDay } from '../../lib/domain/shared/time.ts';
import { UsageProblem } from './ending.ts';

/** What was given after the command, strictly: an unknown option or a forgotten value is a usage problem with a sentence. */
export function readOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
	try {
		return parseArgs(config);
	} catch (problem) {
		const { code, message } = problem as { code?: string; message: string };
		const named = /'([^']+)'/.exec(message)?.[1] ?? '';
		if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageProblem(`Không có tùy chọn ${named}.`);
		if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') throw new UsageProblem(`Không hiểu "${named}".`);
		if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
			throw new UsageProblem(`Tùy chọn ${named} phải có một giá trị (hoặc không được có, nếu là công tắc).`);
		}
		throw problem;
	}
}

/** Commands without options say so of anything that stands behind them. */
export function expectNothing(args: string[]) {
	readOptions({ args, options: {} });
}

/** Local days, both included. */
export function readPeriod({ from, to }: { from?: string; to?: string }): { from: string; to: string } {
	if (!from || !to) throw new UsageProblem('Phải có --from và --to.');
	for (const day of [from, to]) {
		if (!isLocalDay(day)) throw new UsageProblem(`"${day}" không phải là ngày; hãy viết như 2026-11-23.`);
	}
	if (from > to) throw new UsageProblem(`Ngày đầu ${from} ở sau ngày cuối ${to}.`);
	if (!isPeriod(from, to)) throw new UsageProblem(`Chỉ có số liệu từ năm 2000; hãy chọn ngày khác.`);
	return { from, to };
}

/** The one file that a command is about, as a whole path. */
export function readFileArgument(args: string[], calledIn: string): string {
	const { positionals } = readOptions({ args, options: {}, allowPositionals: true });
	if (positionals.length !== 1 || positionals[0] === '') throw new UsageProblem('Phải có đúng một tên tệp.');
	return pathFrom(calledIn, positionals[0]);
}

export function pathFrom(calledIn: string, path: string): string {
	return isAbsolute(path) ? path : join(calledIn, path);
}
