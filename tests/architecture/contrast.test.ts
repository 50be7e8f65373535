import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../src/app.css', import.meta.url), 'utf8');
const SURFACES = ['paper', 'card', 'tint'];
const WORDS = ['ink', 'quiet', 'primary', 'verdict-met', 'verdict-not-met', 'verdict-not-enough'];
const TONES = ['info', 'warn', 'error', 'success'];

describe.each([
	['light', tokensAfter(':root {')],
	['dark', tokensAfter(":root:not([data-theme='light']) {")],
	['printed', tokensAfter(':root,')]
])('the %s colours', (theme, colours) => {
	function ratio(one: string, other: string): number {
		const [light, dark] = [luminance(colours[one]), luminance(colours[other])].sort((a, b) => b - a);
		return (light + 0.05) / (dark + 0.05);
	}

	test('keep words readable on every surface', () => {
		for (const word of WORDS) for (const surface of SURFACES) expect(ratio(word, surface)).toBeGreaterThanOrEqual(4.5);
		for (const tone of TONES) expect(ratio(`tone-${tone}`, `tone-${tone}-pale`)).toBeGreaterThanOrEqual(4.5);
		expect(ratio('on-primary', 'primary')).toBeGreaterThanOrEqual(4.5);
		expect(ratio('accent', 'paper')).toBeGreaterThanOrEqual(4.5);
	});

	test('keep shapes and the edges of controls visible', () => {
		expect(ratio('edge', 'paper')).toBeGreaterThanOrEqual(3);
		expect(ratio('edge', 'card')).toBeGreaterThanOrEqual(3);
		expect(ratio('bar', 'paper')).toBeGreaterThanOrEqual(3);
		expect(ratio('bar-notch', 'paper')).toBeGreaterThanOrEqual(3);
	});

	// On paper the five greys are told apart by the number or letter beside them.
	if (theme === 'printed') return;
	test('keep every face apart from the paper and its strokes from the disc', () => {
		for (const score of [1, 2, 3, 4, 5]) {
			expect(ratio(`ramp-${score}`, 'paper')).toBeGreaterThanOrEqual(3);
			expect(ratio('face-stroke', `ramp-${score}`)).toBeGreaterThanOrEqual(3);
		}
	});
});

function tokensAfter(selector: string): Record<string, string> {
	const [block] = css.slice(css.indexOf(selector)).split(/\n\t+\}/, 1);
	return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
}

/** Relative luminance 0..1 of '#rrggbb' (WCAG 2). */
function luminance(hex: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
