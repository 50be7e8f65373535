import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const promtool = (...args: string[]) => spawnSync('promtool', args, { encoding: 'utf8' });
const isThere = promtool('--version').error === undefined;
if (!isThere)
	console.warn('SKIPPED: promtool is missing, so the alert rules are not tried (it is in Debian’s package prometheus)');

test.skipIf(!isThere)('the alert rules can be read, and say what they promise when they promise it', () => {
	for (const args of [
		['check', 'config', 'ops/prometheus.yml'],
		['test', 'rules', 'ops/alerts.test.yml']
	]) {
		const { status, stdout, stderr } = promtool(...args);
		expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
	}
});

test('every alert is tried, and tells a person what it means and what to do', () => {
	const tried = readFileSync('ops/alerts.test.yml', 'utf8');
	const rules = readFileSync('ops/alerts.yml', 'utf8').split('- alert: ').slice(1);
	expect(rules.length).toBeGreaterThan(0);
	for (const rule of rules) {
		expect(tried).toContain(`alertname="${rule.split('\n', 1)[0]}"`);
		for (const word of ['severity', 'summary', 'description']) expect(rule).toMatch(new RegExp(`^ +${word}: .+`, 'm'));
	}
});
