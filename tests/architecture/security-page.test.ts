import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INVITATION_MS, RESET_MS } from '../../src/lib/domain/account/password-link.ts';
import { IDLE_MS, LEADERS_IDLE_MS, LONGEST_SESSION_MS } from '../../src/lib/domain/account/session.ts';
import { MOST_ATTACHMENTS } from '../../src/lib/domain/casework/attachment.ts';
import { MOST_COLUMNS, MOST_ROWS } from '../../src/lib/domain/place/import/separator.ts';
import { POLICIES } from '../../src/lib/server/http/policies.ts';
import { bodyLimitOf } from '../../src/lib/server/http/request-limits.ts';
import { WORDS } from '../../src/lib/server/account/guessable.ts';

/** docs/security.md is written by hand; what it says in figures and names is held against the code here. */
const page = readFileSync('docs/security.md', 'utf8');
const section = (heading: string) => page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const rowsOf = (heading: string) =>
	[...section(heading).matchAll(/^\| (.+) \|$/gm)].map(([, line]) => line.split(' | ').map((cell) => cell.trim()));
const codeOf = (folder: string) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.ts') && !/paraglide|\.(test|fixture)\.ts$/.test(path))
		.map((path) => readFileSync(join(folder, path), 'utf8'));

test('docs/security.md says how long a session lasts', () => {
	const [minutes, hours] = [60_000, 3_600_000];
	const said = section('Sessions');
	expect(said).toContain(
		`after ${IDLE_MS / minutes} minutes without a request (${LEADERS_IDLE_MS / minutes} minutes for leaders)`
	);
	expect(said).toContain(`after ${LONGEST_SESSION_MS / hours} hours in any case`);
	expect(said).toContain('as many sessions as devices');
	const ends = rowsOf('Ways in').map((cells) => [cells[0], cells[3]]);
	expect(ends).toContainEqual(['`/invitation`', `${INVITATION_MS / hours} hours`]);
	expect(ends).toContainEqual(['`/sign-in/forgotten`, `/sign-in/reset`', `${RESET_MS / hours} hour`]);
});

test('docs/security.md names every way in', () => {
	const said = section('Ways in');
	const doors = Object.keys(POLICIES).filter((route) => /^\/\((auth|setup)\)/.test(route));
	expect(doors.length).toBeGreaterThan(6);
	const paths = doors.map((route) => route.replace(/\/\([\w-]+\)/g, '').replace(/\/\[.+$/, ''));
	expect(paths.filter((path) => !said.includes(`\`${path}\``) && !said.includes(`\`/${path.split('/')[1]}\``))).toEqual(
		[]
	);
	const api = readFileSync('src/lib/server/http/api.ts', 'utf8');
	const kinds = new Set([...api.matchAll(/\bpolicy: '([\w-]+)'/g)].map(([, kind]) => kind));
	expect(kinds.size).toBeGreaterThan(3);
	expect([...kinds].filter((kind) => !said.includes(`\`${kind}\``))).toEqual([]);
});

test('docs/security.md says every limit of limits.ts, as it is', () => {
	const source = readFileSync('src/lib/server/http/limits.ts', 'utf8');
	const made = [...source.matchAll(/keyPrefix: '([\w-]+)', points: (\d+), duration: ([\d A-Z*]+) \}/g)];
	expect(made.length).toBe(source.split('new RateLimiterMemory(').length - 1);
	const minutesOf = (text: string) =>
		text
			.split(' * ')
			.map((part) => ({ MINUTES: 1, HOUR: 60 })[part] ?? Number(part))
			.reduce((product, part) => product * part, 1);
	const limits = made.map(([, name, points, duration]) => [`\`${name}\``, points, String(minutesOf(duration))]);
	expect(
		rowsOf('How often')
			.slice(2)
			.map((cells) => cells.slice(0, 3))
			.sort()
	).toEqual(limits.sort());
});

test('docs/security.md lists the words that no password is made of', () => {
	const text = readFileSync('docs/security.md', 'utf8');
	expect(WORDS.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
});

test('docs/security.md says which forms and sizes are taken', () => {
	const rows = rowsOf('Forms, files and sizes').slice(2);
	const said = rows.map(([where, size]) => [where, size]);
	const measured = said.map(([where]) => {
		const path = where.startsWith('`') ? where.slice(1, -1) : '/sign-in';
		return [where, `${bodyLimitOf(path) / 1024} KiB`];
	});
	expect(said).toEqual(measured);
	const larger = readFileSync('src/lib/server/http/request-limits.ts', 'utf8').match(/\{ path: \//g);
	expect(rows).toHaveLength(1 + larger!.length);
	const text = section('Forms, files and sizes').replaceAll(' ', ' ');
	expect(text).toContain(`${MOST_ROWS / 1000} 000 rows, ${MOST_COLUMNS} columns`);
	expect(MOST_ATTACHMENTS).toBe(5);
});

test('each algorithm and each purpose of the secret stands in docs/security.md, and nothing weak anywhere', () => {
	const said = section('Keys and algorithms');
	const code = [...codeOf('src'), ...codeOf('terminals/app')].join('\n');
	const imported = [...code.matchAll(/import \{([^}]+)\} from 'node:crypto'/g)]
		.flatMap(([, names]) => names.split(','))
		.map((name) => name.trim().replace(/ as .+$/, ''))
		.filter((name) => name !== '' && !/^type /.test(name));
	const called = [
		...code.matchAll(/\b(?:create(?:Hash|Hmac|Cipheriv|Decipheriv)|hkdfSync|hash|verify|derive)\('([\w-]+)'/g)
	];
	const algorithms = [
		...called.map(([, name]) => name),
		...[...code.matchAll(/algorithm: '([\w-]+)'/g)].map(([, name]) => name)
	];
	const used = new Set([...imported, ...algorithms].filter((name) => !/^(scrypt|pbkdf2|pbkdf2Sync)$/.test(name)));
	expect([...used].filter((name) => !said.includes(`\`${name}\``))).toEqual([]);
	// SHA-1 stands in the HMAC of authenticator codes alone, where every app expects it.
	expect([...new Set(algorithms)].sort()).toEqual(['SHA1', 'aes-256-gcm', 'sha256']);
	expect(code.match(/'SHA1'/g)).toHaveLength(1);

	const source = readFileSync('src/lib/server/secret/secret.ts', 'utf8');
	const purposes = [.../export type Purpose =([^;]+);/.exec(source)![1].matchAll(/'([\w-]+)'/g)].map(
		([, name]) => name
	);
	expect(purposes.length).toBeGreaterThan(10);
	expect(purposes.filter((name) => !said.includes(`\`${name}\``))).toEqual([]);
	expect(readFileSync('terminals/app/identity.ts', 'utf8')).toMatch(/namedCurve: 'P-256'/);
});

test('docs/security.md names what the program connects to, and the code names no such place', () => {
	const said = section('What the program connects to');
	for (const setting of ['DATABASE_URL', 'MAIL_URL']) expect(said).toContain(`\`${setting}\``);
	const code = codeOf('src').join('\n');
	expect(code.match(/(postgres(ql)?|smtps?):\/\/[\w.-]+:[^\s'"`…]+@(?!mail\.example)/g) ?? []).toEqual([]);
	expect(code).not.toMatch(/password: '[^']+'.*(postgres|smtp)/);
});

test('docs/security.md names what is logged, for whom and how long', () => {
	const rows = rowsOf('What is logged').slice(2);
	expect(rows.map(([log]) => log)).toEqual(['audit log', 'output of the program', 'figures', 'requests']);
	for (const row of rows.slice(0, 3)) expect(row.filter((cell) => cell === '')).toEqual([]);
});

test('docs/security.md says how soon libraries are repaired', () => {
	expect(section('How soon libraries are repaired')).toMatch(/within \d+ days.*within \d+ days/s);
});
