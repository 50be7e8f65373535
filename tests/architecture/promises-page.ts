import { fileOf } from '../promise-lines.ts';
import { PROMISES, UNPROVEN, type Proof } from '../promises.ts';

/** docs/promises.md as tests/promises.ts has it today; `npm run promises` writes it, a test compares. */
export function promisesPage(): string {
	return `# What is promised, and which test proves it

Written by \`npm run promises\` from \`tests/promises.ts\`; change that, not this. The numbers are those of reference/reliability.md. \`npm test\` tries
the short figure, \`npm run test:full\` the full one; both end with a line for each promise. The control takes the defence away: then the
promise must break, or the trial is blind. How the trials work is told in [fault-tests.md](fault-tests.md).

| | promise | short | full | proven by | control | open |
| --- | --- | --- | --- | --- | --- | --- |
${PROMISES.map(({ id, says, short, full, proofs, control, open = '' }) => row([id, says, short, full, proofs.map(named).join('<br>'), typeof control === 'string' ? `none: ${control}` : named(control), open])).join('\n')}

${unproven()}`;
}

function unproven(): string {
	const lines = Object.entries(UNPROVEN).map(([id, why]) => `- **${id}**: ${why}`);
	return lines.length === 0 ? '' : `Of the reference's list nothing here proves:\n\n${lines.join('\n')}\n`;
}

const named = (proof: Proof) => `\`${fileOf(proof)}\`${proof.name && `: ${proof.name}…`}`;
const row = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
