import { BENCHMARKS, roomOf, sayRoom } from '../names.ts';
import { PEERS } from '../peers.ts';
import type { Kept, Release } from './history.ts';

/** docs/bench.md: a line for every benchmark there is, measured with this version or not. */
export function benchPage(history: readonly Release[], version: string): string {
	const figures = history.find((release) => release.version === version)?.figures ?? [];
	const missed = figures.filter(({ held }) => !held).length;
	return `# What was measured

Written by \`npm run bench -- report\` from \`docs/bench/${version}.json\`; change neither by hand. Every benchmark prints its figure and its limit (\`npm run bench -- NAME\`) and
leaves a line in \`data/bench\`; the report keeps the newest of each. *Room* says how many times better than its limit a figure is, by the worse of its
limits: 1 is just the limit, below it is missed. The machine is said by its cores and by how busy each was before the benchmark began; a figure of a busy machine is worth little.

Version ${version}: ${figures.length} of ${Object.keys(BENCHMARKS).length} measured, ${missed === 0 ? 'none' : missed} missed.

![How many times better than its limit each benchmark is, by release, on a scale of powers of ten](bench/room.svg)

| | what | figure | limit | beside its peer | room | | n | when, on what |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${Object.keys(BENCHMARKS)
	.map(
		(name) =>
			`| ${line(
				name,
				figures.find((each) => each.name === name)
			).join(' | ')} |`
	)
	.join('\n')}

## Peers

${PEERS.map(({ name, who, figures: found, how, used }) => `**${name}**: ${who}. ${found.join('; ')}. ${how} Used by ${used}.`).join('\n\n')}

\`npm run bench -- peers\` prints the same. No program of anybody else is in this repository.
`;
}

function line(name: string, kept: Kept | undefined): string[] {
	const { says, of, may, also } = BENCHMARKS[name];
	if (!kept) return [`**${name}**`, says, '', '', '', '', 'not measured', '', ''];
	const { value, unit, limit, ratio, held, n, at, node, cores, load } = kept;
	const second = also ? `, and ${also.may} ${figure(also.limit)} ${unit}` : '';
	const limited = of === 'value' ? `${may} ${figure(limit)} ${unit}` : `${may} ${figure(limit)} times${second}`;
	return [
		`**${name}**`,
		says,
		`${figure(value)} ${unit}`,
		limited,
		of === 'ratio' ? figure(ratio) : '',
		sayRoom(roomOf(name, kept)),
		held ? 'held' : '**MISSED**',
		figure(n),
		`${at.slice(0, 10)}, Node ${node.slice(1)}, ${cores} cores, ${figure(load)} busy each`
	];
}

/** 2 595 and 0.556: spaces by thousands, as the other pages in English have it. */
export function figure(value: number): string {
	const [whole, rest] = String(value).split('.');
	return whole.replace(/\B(?=(\d{3})+$)/g, ' ') + (rest ? `.${rest}` : '');
}
