/**
 * `npm run bench -- peers`: whose figures ours stand beside, and how those were obtained. No program of anybody else is in this repository, and
 * no benchmark starts one: what was measured elsewhere is written down here with how, so that it can be measured again.
 */
interface Peer {
	name: string;
	who: string;
	/** What was found, a line each. */
	figures: readonly string[];
	how: string;
	used: string;
}

export const PEERS: readonly Peer[] = [
	{
		name: 'bare',
		who: 'a handler of ours on bare node:http (tests/bench/bare.ts)',
		figures: ['measured anew in every call, in turn with the product, round by round on the same machine'],
		how: 'The same bytes, the same group commit, the same rows in kind and the same durability (WAL, synchronous=FULL, asserted), without signature, checks, flags or a framework. The ratio is the median of the rounds’ ratios, so that whatever else the machine does falls on both.',
		used: 'ingest, ingest-single, survey-submit: the least share of its rate'
	},
	{
		name: 'bare stream',
		who: 'one prepared buffer to every open response (tests/bench/live-bare.ts)',
		figures: ['measured anew in every call, in turn with the product'],
		how: '10 000 connections of the same viewers, pushed when somebody posts; no database, no roles, no pace. Compared by processor time a push.',
		used: 'live-fanout: the most processor time beside it'
	},
	{
		name: 'LimeSurvey',
		who: 'LimeSurvey, measured once on a machine of two cores before this program was designed (November 2026)',
		figures: [
			'13 full responses of 25 items a second, each 146 ms of processor; errors from 16 at once',
			'first view of a survey’s page 1 170 KB, LCP 3,0 s on slow 4G at a fourfold slower processor',
			'statistics of 100 000 responses in 4 s'
		],
		how: 'Of that trial the figures were kept, not its scripts: whole responses over HTTP; the first view in Chromium with the throttling that survey-page uses. To measure again: install a release by its own instructions on two cores, make a survey of 25 five-point items on one page, publish it, send whole responses from 1, 4, 8 and 16 clients for a minute each, and count the rows of its response table.',
		used: 'survey-submit: 200 times its rate is the least; survey-page and index-scale name it beside their own limits'
	},
	{
		name: 'Formbricks',
		who: 'Formbricks, in the same trial',
		figures: ['11 full responses a second', 'first view 950 KB, LCP 7,9 s'],
		how: 'As LimeSurvey, and as little of it was kept.',
		used: 'nothing is held against it; it shows that LimeSurvey’s figure is no outlier'
	}
];

/** What is not known of them any more, which a reader should know before quoting. */
const CAUTION =
	'The two programs of others were not measured in the same call as ours and on this machine, and their releases were not written down: quote them as orders of magnitude. Where a promise depends on a peer, it depends on the bare handlers.';

export function peerLines(): string[] {
	const lines = PEERS.flatMap(({ name, who, figures, how, used }) => [
		`${name}: ${who}`,
		...figures.map((figure) => `  - ${figure}`),
		`  how: ${how}`,
		`  used by: ${used}`,
		''
	]);
	return [...lines, CAUTION];
}
