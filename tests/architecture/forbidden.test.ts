import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import FLOORS from './floors.json' with { type: 'json' };

interface Forbidden {
	what: string;
	pattern: RegExp;
	in: RegExp;
	/** Something that must be found, or the search has gone blind. */
	planted: string;
}

const SCREENS = /^(src|terminals)\/.+\.svelte$/;
const CODE = /^(src|terminals)\/.+\.(ts|js|svelte)$/;
const FORBIDDEN: Forbidden[] = [
	{ what: 'raw HTML', pattern: /\{@html\b/, in: SCREENS, planted: '<p>{@html name}</p>' },
	{
		what: 'HTML written by a script',
		pattern: /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write/,
		in: CODE,
		planted: 'box.innerHTML = name;'
	},
	{ what: 'SQL put together as text', pattern: /\bsql\.(raw|identifier)\(/, in: CODE, planted: 'sql.raw(order)' },
	{ what: 'code made of text', pattern: /\beval\(|new Function\(/, in: CODE, planted: 'eval(rule)' },
	{
		what: 'a style attribute, which the policy does not let through (decision 0024): use a class or an SVG attribute',
		pattern: /<[^>]*\sstyle(=|:[\w-]+=)/,
		in: /^src\/.+\.(svelte|html)$/,
		planted: '<i style:width="{percent}%"></i>'
	},
	{
		what: 'a script inside an attribute, which the policy does not let through',
		pattern: /<[^>]*\son[a-z]+="/,
		in: /^(src|terminals)\/.+\.(svelte|html)$/,
		planted: '<a onclick="go()">'
	},
	{
		what: 'HTML in a message',
		pattern: /<\/?[a-z!][^"]*>/i,
		in: /^src\/lib\/messages\/.+\.json$/,
		planted: '"<b>Xong</b>"'
	},
	{
		what: 'the address a request claims to be sent to, for links',
		pattern: /x-forwarded-(host|proto)|headers\.(host|get\('host'\))/,
		in: /^src\/(?!lib\/server\/http\/origin-guard).+\.(ts|js)$/,
		planted: "headers.get('host')"
	}
];

const files = ['src', 'terminals'].flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((path) => join(folder, path))
		.filter((path) => /\.(ts|js|svelte|html|json)$/.test(path) && !/paraglide|\.test\.ts$/.test(path))
);

test.each(FORBIDDEN)('nowhere is $what', ({ pattern, in: where, planted }) => {
	const searched = files.filter((path) => where.test(path));
	expect(searched).not.toEqual([]);
	expect(planted).toMatch(pattern);
	expect(searched.filter((path) => pattern.test(readFileSync(path, 'utf8')))).toEqual([]);
});

test('no remote functions and no routes of their own kind: what answers is a page, an action or a method with a policy', () => {
	expect(files.filter((path) => /\.remote\.[jt]s$/.test(path))).toEqual([]);
	const routes = files.filter((path) => path.startsWith('src/routes/')).map((path) => path.split('/').at(-1)!);
	const kinds = /^\+(page|layout)(\.server)?\.(ts|svelte)$|^\+server\.ts$|^\+error\.svelte$/;
	expect(routes.filter((name) => name.startsWith('+') && !kinds.test(name))).toEqual([]);
	expect(readFileSync('svelte.config.js', 'utf8')).not.toMatch(/remoteFunctions|csrf|unsafe-(inline|eval)/);
});

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
	packages: Record<string, { version?: string }>;
};
const versionsOf = (name: string) =>
	Object.entries(packages)
		.filter(([path]) => path.endsWith(`node_modules/${name}`))
		.map(([, { version }]) => version ?? '');

test.each(Object.entries(FLOORS.floors))('FLOOR: %s has none of the faults that are known', (name, { least }) => {
	const versions = versionsOf(name);
	expect(versions).not.toEqual([]);
	expect(versions.filter((version) => isOlder(version, least))).toEqual([]);
});

test('FLOOR: what has no safe version, or stands for something we do not do, is not installed', () => {
	const installed = Object.keys(FLOORS.absent).filter((name) => versionsOf(name).length > 0);
	expect(installed).toEqual([]);
	expect(isOlder('2.60.0', '2.60.1')).toBe(true);
	expect(isOlder('2.9.0', '2.60.1')).toBe(true);
	expect(isOlder('3.0.0', '2.60.1')).toBe(false);
	expect(isOlder('2.60.1', '2.60.1')).toBe(false);
});

function isOlder(version: string, least: string): boolean {
	const [a, b] = [version, least].map((text) => text.split('-', 1)[0].split('.').map(Number));
	const at = a.findIndex((part, i) => part !== b[i]);
	return at >= 0 && a[at] < b[at];
}
