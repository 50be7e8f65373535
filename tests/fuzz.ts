import { parseArgs } from 'node:util';
import { runFuzz, sayFuzz } from './faults/fuzz/run.ts';

/**
 * `npm run fuzz -- --n N --seed S`: wrong requests at every route of POLICIES and the API, as everybody and as nobody. Ends with 1 when one
 * was answered with an unexpected error or told what only the program knows; prints the request.
 */
const { values } = parseArgs({
	options: { n: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } }
});
const n = Number(values.n);
if (!Number.isSafeInteger(n) || n < 1) {
	console.error('Usage: npm run fuzz -- --n N [--seed S]');
	process.exit(2);
}
const run = await runFuzz({ n, seed: values.seed });
console.log(sayFuzz(run));
for (const fault of run.wrong) console.log(fault);
if (run.printed) console.log(`the server said:\n${run.printed.slice(0, 20_000)}`);
console.log(`${run.sent} requests, ${run.wrong.length} wrong, readyz ${run.ready}, exit ${run.exit}`);
process.exitCode = run.wrong.length === 0 && run.printed === '' && run.ready === 200 && run.exit === 0 ? 0 : 1;
