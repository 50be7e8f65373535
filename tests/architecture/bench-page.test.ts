import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BENCHMARKS, roomOf, sayRoom } from '../bench/names.ts';
import { PEERS } from '../bench/peers.ts';
import { benchChart } from '../bench/report/chart.ts';
import { keepRun, merge, readHistory, readRuns, versionNow, type Kept } from '../bench/report/history.ts';
import { benchPage } from '../bench/report/page.ts';

const figure = (name: string, more: Partial<Kept> = {}): Kept => ({
	...{ name, value: 10, unit: 'ms', limit: 20, ratio: 0.5, n: 3, seed: 1, held: true },
	...{ at: '2026-11-29T10:00:00.000Z', node: 'v24.0.0', cores: 2, load: 0.1, ...more }
});

test('docs/bench.md and its chart are what was measured; `npm run bench -- report` writes them', () => {
	const history = readHistory();
	expect(readFileSync('docs/bench.md', 'utf8')).toBe(benchPage(history, versionNow()));
	expect(readFileSync('docs/bench/room.svg', 'utf8')).toBe(benchChart(history));
});

test('every benchmark stands in the report, with its figure or said to be not measured', () => {
	const page = benchPage([{ version: '9.9.9', figures: [figure('dashboard')] }], '9.9.9');
	const lines = Object.keys(BENCHMARKS).map((name) =>
		page.split('\n').find((line) => line.startsWith(`| **${name}** |`))
	);
	expect(lines.filter((line) => line === undefined)).toEqual([]);
	expect(lines.filter((line) => line!.includes('not measured'))).toHaveLength(Object.keys(BENCHMARKS).length - 1);
	const peers = PEERS.map(({ name }) => name);
	expect(Object.values(BENCHMARKS).filter(({ peer }) => peer !== undefined && !peers.includes(peer))).toEqual([]);
});

test('what is kept of a release is whole, says nothing of whose machine it was, and calls no miss held', () => {
	for (const { version, figures } of readHistory()) {
		for (const each of figures) {
			expect(Object.keys(each).sort(), each.name).toEqual(Object.keys(figure('')).sort());
			if (roomOf(each.name, each) < 0.995) expect(each.held, `${version} ${each.name}`).toBe(false);
		}
		expect(JSON.stringify(figures)).not.toMatch(/\/(home|work|tmp|root)\/|\b\d+\.\d+\.\d+\.\d+\b/);
	}
});

test('room is measured from the limit, whichever way it looks, and by the worse of two', () => {
	expect(roomOf('dashboard', { value: 75, ratio: 0.5, limit: 150 })).toBe(2);
	expect(roomOf('case-codes', { value: 500, ratio: 5, limit: 100 })).toBe(5);
	expect(roomOf('ingest', { value: 9000, ratio: 0.35, limit: 0.7 })).toBe(0.5);
	expect(roomOf('index-scale', { value: 40, ratio: 1, limit: 1.5 })).toBe(0.5);
	expect(roomOf('survey-submit', { value: 5200, ratio: 0.3, limit: 0.3 })).toBe(1);
	expect([0.9996, 0.998, 1, 0.5555, 56.4].map(sayRoom)).toEqual(['0.999', '0.998', '1', '0.56', '56']);
});

test('each run leaves a line, and the newest of a benchmark takes the place of the one before', () => {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const { at: _, node: __, cores: ___, load: ____, ...found } = figure('ingest', { value: 1 });
	keepRun({ ...found, details: ['something about a path'] }, 0.3, folder);
	keepRun({ ...found, value: 2, details: [] }, 0.3, folder);
	const runs = readRuns(folder);
	expect(runs).toHaveLength(2);
	expect(JSON.stringify(runs)).not.toContain('path');
	const old = figure('ingest', { value: 7 });
	const other = figure('dashboard');
	expect(merge([old, other], runs).map(({ name, value }) => [name, value])).toEqual([
		['ingest', 2],
		['dashboard', 10]
	]);
	expect(merge([old], [figure('ingest', { value: 8, at: '2025-01-01T00:00:00.000Z' })])).toEqual([old]);
	expect(merge([figure('gone')], [])).toEqual([]);
	expect(readRuns(join(folder, 'none'))).toEqual([]);
});

test('a bar goes to the right of the limit where it holds, and to the left, striped and in words, where it is missed', () => {
	const svg = benchChart([
		{ version: '0.1.0', figures: [figure('dashboard'), figure('live-hall', { value: 40, held: false })] }
	]);
	expect(svg).toContain('dashboard 2;');
	expect(svg).toContain('live-hall 0.5 missed;');
	const at = (pattern: RegExp) => Number(pattern.exec(svg)![1]);
	const limit = at(/<line x1="([\d.]+)"[^>]*stroke="#10242b"/);
	const right = /<rect x="([\d.]+)"[^>]*height="10" fill="#1f6f78"/;
	expect(at(right)).toBeCloseTo(limit, 0);
	expect(at(/<rect x="([\d.]+)"[^>]*fill="#8c2d5b"/)).toBeLessThan(limit - 10);
	expect(svg.match(/url\(#missed\)/g)).toHaveLength(1);
});
