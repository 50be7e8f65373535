import { expect, test } from 'vitest';
import { describe, openLog, reporterOf } from './log.ts';
import { Notice } from './notice.ts';

const MARK = 'zqmarkx';

/** Each repeats, somewhere, what was typed: as JSON.parse, PostgreSQL's driver, drizzle, a mail server and the file system do. */
function failures(): unknown[] {
	const thrown = (work: () => unknown) => {
		try {
			return work();
		} catch (problem) {
			return problem;
		}
	};
	const postgres = { code: '23505', constraint: 'sheet_pkey', detail: `Key (id)=(${MARK})`, parameters: [MARK] };
	return [
		thrown(() => JSON.parse(`{${MARK}`)),
		thrown(() => new URL(MARK)),
		thrown(() => BigInt(MARK)),
		Object.assign(new Error(`duplicate key ${MARK}`), postgres),
		new Error('Failed', { cause: new Error(`params: ${MARK}\n    at ${MARK} (/build/x.js:1:1)`) }),
		Object.assign(new Error(`550 <${MARK}@phuong.example.vn>`), {
			code: 'EENVELOPE',
			response: MARK,
			rejected: [MARK]
		}),
		Object.assign(new Error(`ENOENT: '/${MARK}'`), { code: 'ENOENT', path: `/${MARK}` }),
		Object.assign(new Error('x'), { message: `changed ${MARK}\n    at ${MARK} (/build/x.js:1:1)` }),
		Object.assign(new Error('x'), { code: `${MARK} in words` }),
		new AggregateError([new Error(MARK)], MARK),
		MARK,
		{ message: MARK, body: MARK },
		[MARK]
	];
}

test('a failure is told by kind, code and place, without a word of what was typed', () => {
	let written = '';
	const report = reporterOf(openLog('info', { write: (line) => (written += line) }));
	const all = failures();
	for (const problem of all) report(problem, { requestId: 'r1', route: '/(survey)/s/[code]' });
	const lines = written.trim().split('\n');
	expect(lines).toHaveLength(all.length);
	expect(written).not.toContain(MARK);
	const [parsing, , , duplicate] = lines.map((line) => JSON.parse(line) as { error: object });
	expect(parsing).toMatchObject({ requestId: 'r1', error: { type: 'SyntaxError' } });
	expect(duplicate.error).toMatchObject({ code: '23505', constraint: 'sheet_pkey' });
	expect(JSON.stringify(duplicate)).toContain('src/lib/server/log.test.ts:');
});

test('each line is one JSON object with its level and its time in UTC, whatever stands in it', () => {
	let written = '';
	const log = openLog('info', { write: (line) => (written += line) });
	log.info({ route: 'a\n{"level":"error"}\u2028b' }, 'request');
	log.warn('second');
	const lines = written.trim().split('\n');
	expect(lines).toHaveLength(2);
	for (const [i, level] of ['info', 'warn'].entries())
		expect(JSON.parse(lines[i])).toMatchObject({
			level,
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
		});
});

test('what the program itself says for the operator is repeated, with what it came from', () => {
	const cause = Object.assign(new Error(MARK), { code: 'ECONNREFUSED' });
	const told = describe(new Notice('Letter 7 could not be sent', { cause }));
	expect(told).toMatchObject({ says: 'Letter 7 could not be sent', cause: { type: 'Error', code: 'ECONNREFUSED' } });
	expect(JSON.stringify(told)).not.toContain(MARK);
});

test('a chain of causes that never ends is cut off', () => {
	const problem = new Error('x');
	problem.cause = problem;
	expect(JSON.stringify(describe(problem)).length).toBeLessThan(20_000);
});
