import { HOLDINGS, type HoldingEnd } from '../../src/lib/domain/retention/inventory.ts';

/** docs/data-inventory.md as the table has it today; `npm run inventory` writes it, a test compares. */
export function inventoryPage(): string {
	const rows = HOLDINGS.map((holding) => [
		holding.data,
		holding.class,
		holding.tables.map((table) => `\`${table}\``).join(', ') || '(files)',
		holding.form,
		holding.kept,
		sayEnd(holding.end),
		`\`${holding.proof[0]}\` “${holding.proof[1]}…”`
	]);
	return `# What is kept, how, and until when

Written by \`npm run inventory\` from \`src/lib/domain/retention/inventory.ts\`; change that, not this. Each table of the database stands here once. A job
is one of \`src/lib/server/jobs/schedule.ts\`; a test holds every row against the schema, the jobs and the named tests.

${table(['Data', 'Class', 'Tables', 'Stored as', 'Kept', 'How it ends', 'Shown by'], rows)}

Logs of requests are not written at all; what fails is printed and is the operator's to keep or to throw away.
`;
}

function sayEnd(end: HoldingEnd): string {
	if ('job' in end) return `job \`${end.job}\``;
	return 'deed' in end ? end.deed : `stays: ${end.stays}`;
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
