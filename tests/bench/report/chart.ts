import { BENCHMARKS, roomOf, sayRoom } from '../names.ts';
import type { Release } from './history.ts';
import { figure } from './page.ts';

/** Light as a page that is printed; the colours of src/app.css. */
const [PAPER, INK, QUIET, LINE] = ['#fbfaf7', '#10242b', '#4f6268', '#dcd8cf'];
const HELD = ['#1f6f78', '#7fadab', '#b9d3d0'];
const MISSED = ['#8c2d5b', '#b98aa3', '#d7bfcb'];
/** So many releases stand beside each other, the newest on top. */
const SHOWN = 3;
const [LEFT, WIDTH, TOP] = [132, 760, 84];
const [BAR, GAP] = [12, 10];

interface Bar {
	release: number;
	room: number;
	held: boolean;
}

/** docs/bench/room.svg: a bar from the limit to each figure, to the right where it holds, to the left where it is missed. */
export function benchChart(history: readonly Release[]): string {
	const shown = history
		.filter(({ figures }) => figures.length > 0)
		.slice(-SHOWN)
		.reverse();
	const groups = Object.keys(BENCHMARKS).map((name) => ({
		name,
		bars: shown.flatMap(({ figures }, release): Bar[] => {
			const kept = figures.find((each) => each.name === name);
			return kept ? [{ release, room: roomOf(name, kept), held: kept.held }] : [];
		})
	}));
	const rooms = groups.flatMap(({ bars }) => bars.map(({ room }) => room));
	// Whole powers of ten around all that is shown, and around the limit in any case.
	const from = Math.min(-1, Math.floor(Math.log10(Math.min(1, ...rooms))));
	const to = Math.max(1, Math.ceil(Math.log10(Math.max(1, ...rooms))));
	const x = (room: number) => LEFT + ((Math.log10(room) - from) / (to - from)) * (WIDTH - LEFT - 64);
	let y = TOP;
	const drawn = groups.map(({ name, bars }) => {
		const top = y;
		y += Math.max(1, bars.length) * BAR + GAP;
		const middle = top + (Math.max(1, bars.length) * BAR) / 2;
		const label = text(LEFT - 12, middle + 4, name, 'end', INK);
		const none = text(x(1) + 8, middle + 4, 'not measured', 'start', QUIET);
		return label + (bars.length === 0 ? none : bars.map((bar, i) => drawBar(bar, top + i * BAR, x)).join(''));
	});
	const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
	const grid = powers.map((power) => {
		const at = x(10 ** power).toFixed(1);
		const line = `<line x1="${at}" x2="${at}" y1="${TOP - 6}" y2="${y}" stroke="${power === 0 ? INK : LINE}" stroke-width="${power === 0 ? 1.5 : 1}"/>`;
		return line + text(Number(at), TOP - 14, power === 0 ? 'limit' : `${figure(10 ** power)} ×`, 'middle', QUIET);
	});
	const legend = shown.map(
		({ version }, i) =>
			`<rect x="${LEFT + i * 150}" y="42" width="12" height="12" fill="${HELD[i]}"/>` +
			text(LEFT + 18 + i * 150, 52, `version ${version}`, 'start', QUIET)
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 30}" width="${WIDTH}" height="${y + 30}" role="img" font-family="system-ui, 'Segoe UI', Roboto, sans-serif" font-size="12">
<title>How many times better than its limit each benchmark is</title>
<desc>${describe(groups)}</desc>
<defs><pattern id="missed" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="${PAPER}" fill-opacity="0"/><rect width="1.5" height="4" fill="${PAPER}"/></pattern></defs>
<rect width="100%" height="100%" fill="${PAPER}"/>
${text(LEFT, 26, 'How many times better than its limit', 'start', INK, 16)}
${legend.join('\n')}
${grid.join('\n')}
${drawn.join('\n')}
${text(LEFT, y + 20, 'To the left of the line, striped: missed. Each step of the scale is ten times.', 'start', QUIET)}
</svg>
`;
}

function drawBar({ release, room, held }: Bar, y: number, x: (room: number) => number): string {
	const [start, end] = [x(Math.min(1, room)), x(Math.max(1, room))];
	const [width, height] = [Math.max(2, end - start), BAR - 2];
	const rect = (fill: string) =>
		`<rect x="${start.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${height}" fill="${fill}"/>`;
	const said = `${sayRoom(room)}${held ? '' : ' missed'}`;
	const label = text(end + 6, y + height - 1, said, 'start', held ? INK : MISSED[0], 11);
	return rect((held ? HELD : MISSED)[release]) + (held ? '' : rect('url(#missed)')) + label;
}

/** The chart in words, for who does not see it; the table of docs/bench.md says more. */
const describe = (groups: readonly { name: string; bars: readonly Bar[] }[]) =>
	groups
		.map(
			({ name, bars: [newest] }) =>
				`${name} ${newest ? `${sayRoom(newest.room)}${newest.held ? '' : ' missed'}` : 'not measured'}`
		)
		.join('; ');

function text(
	x: number,
	y: number,
	words: string,
	anchor: 'start' | 'middle' | 'end',
	fill: string,
	size = 12
): string {
	return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${fill}"${size === 12 ? '' : ` font-size="${size}"`}>${words}</text>`;
}
