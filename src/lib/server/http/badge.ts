import { m } from '$lib/paraglide/messages.js';
import { formatCount, formatPercent } from '../../domain/shared/number.ts';
import { INDEX_NAME } from '../../domain/report/method.ts';
import type { Locale } from '../../domain/survey/criterion.ts';
import type { PublicEdition } from '../report/publication/reads.ts';

const HEIGHT = 28;
const PADDING = 10;
/** A picture of its own knows nothing of the page's tokens: paper, ink, lagoon (src/app.css). */
const COLOURS = { ink: '#10242b', paper: '#fbfaf7', lagoon: '#0e5a63', white: '#ffffff', edge: '#858d8c' };

/** Value, number of answers and month; "not enough data" where there is no value. Every word in it is ours. */
export function drawBadge(edition: PublicEdition | null, locale: Locale): string {
	const say = { locale };
	const month = edition ? `${Number(edition.from.slice(5, 7))}/${edition.from.slice(0, 4)}` : '';
	const label = m.result_badge({ month }, say).trim();
	const sipas = edition?.content.sipas;
	const value =
		sipas && 'value' in sipas
			? `${formatPercent(sipas.value)} % · n = ${formatCount(sipas.n)}`
			: m.report_withheld({}, say);
	const [left, right] = [widthOf(label), widthOf(value)];
	const text = (x: number, width: number, fill: string, words: string) =>
		`<text x="${x + width / 2}" y="18.500" textLength="${width - 2 * PADDING}" lengthAdjust="spacingAndGlyphs" fill="${fill}">${words}</text>`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${label}: ${value}">`,
		`<title>${INDEX_NAME[locale]}. ${label}: ${value}</title>`,
		`<rect x=".5" y=".5" width="${left + right - 1}" height="${HEIGHT - 1}" rx="5" fill="${COLOURS.paper}" stroke="${COLOURS.edge}"/>`,
		`<path d="M${left} 0h${right - 5}a5 5 0 0 1 5 5v${HEIGHT - 10}a5 5 0 0 1-5 5h-${right - 5}z" fill="${COLOURS.lagoon}"/>`,
		'<g font-family="Verdana,DejaVu Sans,Noto Sans,sans-serif" font-size="12" text-anchor="middle">',
		text(0, left, COLOURS.ink, label),
		text(left, right, COLOURS.white, value),
		'</g></svg>\n'
	].join('');
}

/** Of a text in a face of this size, near enough: whoever draws it fits the letters in. */
const widthOf = (words: string) => Math.round([...words].length * 7.2) + 2 * PADDING;
