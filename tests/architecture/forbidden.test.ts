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
	},
	{
		what: 'a shell, or a program that is called by one',
		pattern: /\b(exec|execSync|execFile|execFileSync)\b[^;]*from 'node:child_process'|shell: true/,
		in: CODE,
		planted: "import { execSync } from 'node:child_process';"
	},
	{
		what: 'a call of the server to another machine',
		pattern: /(?<![.\w])fetch\(|^import (?!type)[^;]*from '(node:)?(https?|net|tls|dgram|undici|axios)'/m,
		// The server itself listens, and a rehearsal calls the server beside it.
		in: /^src\/(hooks|lib\/server\/|entry\/(?!server\.ts|rehearsal-phones|commands\/rehearse))/,
		planted: 'const answer = await fetch(address);'
	},
	{
		what: 'a check of certificates turned off',
		pattern: /rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/,
		in: CODE,
		planted: '{ rejectUnauthorized: false }'
	},
	{
		what: 'chance that can be guessed',
		pattern: /Math\.random/,
		// When a phone comes back to a stream, and when it is sent away, is no secret.
		in: /^src\/lib\/(domain|server)\/(?!live\/hub\.ts)/,
		planted: 'const code = Math.random()'
	},
	{
		what: 'a pattern made of what somebody typed',
		pattern: /new RegExp\(/,
		// Each of these is made of parts that stand in the file itself.
		in: /^(src|terminals)\/(?!lib\/domain\/(casework\/plan\/annex\/annex|account\/set-up-code|survey\/editing|submission\/import\/guess|submission\/comment\/(masking|personal-data))\.ts).+\.(ts|js|svelte)$/,
		planted: 'new RegExp(query)'
	},
	{
		what: 'storage of the browser for what people said',
		pattern: /\b(localStorage|sessionStorage|indexedDB)\b/,
		// Keyed ballots that wait for a network, and what a voter's own phone keeps of a dialogue: its pass, its receipts, its codes.
		in: /^src\/(?!lib\/components\/dialogue\/(paper\/keying-queue|phone|questions)\.).+\.(ts|js|svelte)$/,
		planted: "localStorage.setItem('name', name)"
	},
	{
		what: 'an ear for other windows',
		pattern: /(window|globalThis)\.(addEventListener\('message'|onmessage)|<svelte:window[^>]*onmessage|\.opener\b/,
		in: CODE,
		planted: "window.addEventListener('message', hear)"
	},
	{
		what: 'an answer that other sites may read',
		pattern: /access-control-allow/i,
		in: CODE,
		planted: "'access-control-allow-origin': '*'"
	},
	{
		what: 'a plugin or a frame',
		pattern: /<(object|embed|applet|iframe|frame)\b/,
		in: SCREENS,
		planted: '<iframe src="https://example.vn"></iframe>'
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
