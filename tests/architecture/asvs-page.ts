import { ASVS, CHAPTERS } from '../asvs/list.ts';
import { OPEN } from '../asvs/open.ts';
import type { Row, Shown, Verdict } from '../asvs/row.ts';

const VERDICTS: readonly Verdict[] = ['held', 'part', 'missing', 'not applicable'];

/** docs/asvs.md as tests/asvs has it today; `npm run asvs` writes it, a test compares. */
export function asvsPage(): string {
	return `# What the verification standard asks for, and what shows it

Written by \`npm run asvs\` from \`tests/asvs\`; change that, not this. The numbers are those of OWASP's Application Security Verification Standard
5.0.0, all of its levels 1 and 2; the words are ours and shorter, the standard's own hold. *Held* is shown by tests that exist under their names, or
can only be read, and then says why; *part* and *missing* stand below with what lacks. Who runs the program finds the operator's side in
[security.md](security.md).

| level | ${VERDICTS.join(' | ')} | all |
| --- | ${VERDICTS.map(() => '---').join(' | ')} | --- |
${([1, 2] as const).map((level) => `| ${level} | ${counts(ASVS.filter((each) => each.level === level)).join(' | ')} |`).join('\n')}
| both | ${counts(ASVS).join(' | ')} |

## Open: ${Object.keys(OPEN).length}

${Object.entries(OPEN)
	.map(([id, why]) => `- **${id}** (${ASVS.find((each) => each.id === id)?.verdict}): ${why}`)
	.join('\n')}
${CHAPTERS.map(({ name, rows }, i) => `\n## V${i + 1} ${name}\n\n${chapter(rows)}\n`).join('')}`;
}

const counts = (rows: readonly Row[]) => [
	...VERDICTS.map((verdict) => rows.filter((each) => each.verdict === verdict).length),
	rows.length
];

/** A chapter of which nothing applies is a sentence, not a table of the same words. */
function chapter(rows: readonly Row[]): string {
	const [{ note }] = rows;
	if (rows.every((each) => each.verdict === 'not applicable' && each.note === note))
		return `${rows.map(({ id }) => id).join(', ')}: none of them applies, for there is ${note}.`;
	return `| | level | asked for | verdict | shown by |\n| --- | --- | --- | --- | --- |\n${rows.map(line).join('\n')}`;
}

function line({ id, level, says, verdict, tests, note, readOnly }: Row): string {
	const lacks = id in OPEN && 'see above';
	const how = [...tests.map(named), readOnly && `only to be read: ${note}`, !readOnly && note, lacks].filter(Boolean);
	return `| ${[id, level, says, verdict, how.join('<br>')].map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

const named = ({ file, name, row }: Shown) =>
	`\`${file}\`: ${row ? `${name.replace(/\$what$/, '')}${row}` : `${name}…`}`;
