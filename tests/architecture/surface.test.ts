import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What is the same wherever something of its kind stands: cookies, fields for passwords, packages, comparisons. */
const files = ['src', 'terminals'].flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((path) => join(folder, path))
		.filter((path) => /\.(ts|svelte)$/.test(path) && !/paraglide|\.test\.ts$/.test(path))
);
const textOf = (path: string) => readFileSync(path, 'utf8');

/** It says nothing about anybody, and the page's own switch of languages reads it. */
const LANGUAGE = 'src/routes/(auth)/language/+server.ts';

/** What of a file that gives out cookies does not hold. */
function looseCookies(text: string): string[] {
	const given = /cookies\.set\(|Max-Age=/.test(text);
	const needed = { HttpOnly: /httpOnly: true|; HttpOnly/, SameSite: /sameSite: '(lax|strict)'|SameSite=(Lax|Strict)/ };
	const secure = { Secure: /\bsecure\b[^\n]*origin|; Secure/, path: /path: '\/'|Path=\// };
	return given
		? Object.entries({ ...needed, ...secure }).flatMap(([name, line]) => (line.test(text) ? [] : [name]))
		: [];
}

test('every cookie is for this site, and for no script', () => {
	const giving = files.filter((path) => /cookies\.set\(|Max-Age=/.test(textOf(path)));
	expect(giving.length).toBeGreaterThanOrEqual(4);
	const loose = giving.map((path) => [path, ...looseCookies(textOf(path))]).filter(({ length }) => length > 1);
	expect(loose).toEqual([[LANGUAGE, 'HttpOnly']]);
	expect(looseCookies("cookies.set(name, value, { path: '/', sameSite: 'lax' })")).toEqual(['HttpOnly', 'Secure']);
});

/** The tags of fields, each as it is written. */
const fieldsOf = (text: string) => text.match(/<(?:Field|input|TextField)\b[^>]*?\/>/gs) ?? [];
const isForPassword = (field: string) =>
	/name="(?:password|again|old|own)"|autocomplete="(?:current|new)-password"/.test(field);

test('every field for a password hides it, may be pasted into, and is known to managers of passwords', () => {
	const fields = files.filter((path) => path.endsWith('.svelte')).flatMap((path) => fieldsOf(textOf(path)));
	const passwords = fields.filter(
		(field) => isForPassword(field) && !/\{\.\.\.\w+\}|name="pin"|inputmode="numeric"/.test(field)
	);
	expect(passwords.length).toBeGreaterThanOrEqual(5);
	for (const field of passwords) {
		expect(field).toMatch(/type="password"/);
		expect(field).toMatch(/autocomplete="(current|new)-password"/);
	}
	// The two fields that share their attributes.
	expect(textOf('src/lib/components/account/NewPassword.svelte')).toMatch(
		/type: 'password',\s+autocomplete: 'new-password'/
	);
	expect(
		files.filter((path) => /onpaste|onbeforeinput|autocomplete="off"[^>]*type="password"/.test(textOf(path)))
	).toEqual([]);
});

test('every group of pages with a session offers to sign out', () => {
	const shell = textOf('src/lib/components/shell/Navigation.svelte');
	expect(shell).toMatch(/<form method="post" action="\/sign-out">/);
	expect(textOf('src/lib/components/shell/StaffShell.svelte')).toContain('<Navigation');
	for (const group of ['(admin)', '(leader)', '(office)'])
		expect(textOf(`src/routes/${group}/+layout.svelte`), group).toContain('<StaffShell');
	expect(textOf('src/routes/(account)/account/+page.svelte')).toContain('<StaffShell');
	expect(textOf('src/routes/(live)/live/[room]/desk/+page.svelte')).toContain('<StaffShell');
});

interface Locked {
	version?: string;
	resolved?: string;
	integrity?: string;
	link?: boolean;
}

test('every package comes from the registry, as the lock file knows it', () => {
	const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Locked> };
	const installed = Object.entries(packages).filter(([path]) => path !== '');
	expect(installed.length).toBeGreaterThan(300);
	const strange = installed.filter(
		([, { version, resolved, integrity, link }]) =>
			link ||
			!/^\d+\.\d+\.\d+/.test(version ?? '') ||
			!/^sha512-/.test(integrity ?? '') ||
			/^(git|http:|file:)/.test(resolved ?? '')
	);
	expect(strange).toEqual([]);
	const own = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>;
	const asked = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
		Object.entries(own[kind] ?? {})
	);
	expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

/** `== null` asks for null and undefined at once, and for nothing else. */
const LOOSE = /[^=!<>]==(?!=|\s*null\b)|!=(?!=|\s*null\b)/;

test('types are strict, and nothing is compared loosely', () => {
	expect(textOf('tsconfig.json')).toMatch(/"strict": true/);
	const code = (path: string) =>
		textOf(path)
			.replace(/<style>[^]*<\/style>|\/\*[^]*?\*\/|\/\/[^\n]*/g, '')
			.replace(/'[^'\n]*'|"[^"\n]*"|`[^`]*`|\/(?![*\s/])(?:\\.|[^/\n\\])+\/[dgimsuvy]*/g, "''");
	expect(files.filter((path) => LOOSE.test(code(path)))).toEqual([]);
	expect('if (score == 3)').toMatch(LOOSE);
	expect('if (score != 3)').toMatch(LOOSE);
	expect('if (score === 3 || score !== 4 || score == null || score <= 5)').not.toMatch(LOOSE);
});
