import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { POLICIES } from '../../src/lib/server/http/policies.ts';

const ROUTES = 'src/routes';

interface Handler {
	name: string;
	source: string;
}

/** The server's handlers in a route file: loads, actions one by one, and methods; each with its own source. */
function handlersOf(text: string): Handler[] {
	const handlers: Handler[] = [];
	const exported = /^export const (\w+)(?:: [\w.]+(?:<[^=]*>)?)? = /gm;
	for (const match of text.matchAll(exported)) {
		const name = match[1];
		const source = text.slice(match.index + match[0].length, endOfStatement(text, match.index));
		if (name === 'actions') handlers.push(...actionsOf(source));
		else if (name === 'load' || /^[A-Z]+$/.test(name)) handlers.push(viaName(name, source, text));
	}
	for (const match of text.matchAll(/^export (?:async )?function (load|[A-Z]+)\b/gm)) {
		handlers.push({ name: match[1], source: text.slice(match.index, endOfStatement(text, match.index)) });
	}
	return handlers;
}

/** `export const GET = answer`: what counts is what `answer` does. */
function viaName(name: string, source: string, text: string): Handler {
	const other = /^(\w+);?\s*$/.exec(source)?.[1];
	if (!other) return { name, source };
	const at = text.search(new RegExp(`^(?:const|async function|function) ${other}\\b`, 'm'));
	return { name: other, source: at < 0 ? '' : text.slice(at, endOfStatement(text, at)) };
}

/** Written by prettier, a statement of the file's outermost level ends before the next line that starts at its margin and closes nothing. */
function endOfStatement(text: string, from: number): number {
	const next = /\n(?=[^\s})\]])/g;
	next.lastIndex = from + 1;
	return next.exec(text)?.index ?? text.length;
}

function actionsOf(source: string): Handler[] {
	const starts = [...source.matchAll(/^\t(?:async )?(\w+)(?::|\()/gm)];
	return starts.map((start, i) => ({
		name: `actions.${start[1]}`,
		source: source.slice(start.index, starts[i + 1]?.index ?? source.length)
	}));
}

/**
 * The guard is asked for this very handler before anything else but the form is awaited, or it guards nothing. A form may be read
 * first, since what it names is what the right is about.
 */
function isGuarded({ name, source }: Handler): boolean {
	const own = name.replace('actions.', '');
	const guard = source.search(new RegExp(`\\bawait requireRight\\(event, '${own}'`));
	const first = source.search(/\bawait (?!(?:event\.)?request\.formData\(\))/);
	return guard >= 0 && guard <= first;
}

/** On the way to a whole session: who has not shown the password gets nothing, before anything is awaited. */
function asksForPassword(source: string): boolean {
	const guard = source.search(/\brequireHalfSignedIn\(event, \[/);
	const first = source.search(/\bawait /);
	return guard >= 0 && (first < 0 || guard < first);
}

/** '(admin)/admin/+page.server.ts' is the route '/(admin)/admin'. */
const routeOf = (path: string) => `/${path.replace(/\/?\+[^/]+$/, '')}`;

function problemsOf(path: string, text: string): string[] {
	const layout = /\+layout\.server\.ts$/.test(path);
	return handlersOf(text).flatMap((handler) => {
		const name = layout ? 'layout' : handler.name.replace('actions.', '');
		const policy = POLICIES[routeOf(path)]?.[name];
		if (!policy) return [`${path} ${name}: no policy`];
		const guarded =
			'public' in policy ? !policy.halfway || asksForPassword(handler.source) : isGuarded({ ...handler, name });
		return guarded ? [] : [`${path} ${name}: not guarded`];
	});
}

const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((path) =>
	/\+(page\.|layout\.)?server\.ts$/.test(path)
);
const read = (path: string) => readFileSync(join(ROUTES, path), 'utf8');

test('every load, action and method under src/routes has a policy and asks the guard for it', () => {
	expect(files.length).toBeGreaterThan(6);
	expect(files.flatMap((path) => problemsOf(path, read(path)))).toEqual([]);
});

test('every server file is understood, and no policy stands for a handler that is gone', () => {
	for (const path of files) expect(handlersOf(read(path)), path).not.toEqual([]);
	const all = new Set(
		files.flatMap((path) =>
			handlersOf(read(path)).map(({ name }) => {
				const own = path.includes('+layout.') ? 'layout' : name.replace('actions.', '');
				return `${routeOf(path)} ${own}`;
			})
		)
	);
	const named = Object.entries(POLICIES).flatMap(([route, handlers]) =>
		Object.keys(handlers).map((handler) => `${route} ${handler}`)
	);
	expect(named.filter((name) => !all.has(name))).toEqual([]);
});

test('a handler without a guard, with another handler’s guard, or with a late one is caught', () => {
	const path = '(leader)/leader/+page.server.ts';
	const problems = (body: string) => problemsOf(path, `export const load: PageServerLoad = ${body};\n`);
	expect(problems("async (event) => {\n\tawait requireRight(event, 'load');\n}")).toEqual([]);
	const unguarded = [`${path} load: not guarded`];
	expect(problems('async ({ locals }) => {\n\treturn readAll(locals.running.db);\n}')).toEqual(unguarded);
	expect(problems("async (event) => {\n\tawait requireRight(event, 'other');\n}")).toEqual(unguarded);
	expect(problems("async (event) => {\n\tawait writeAll();\n\tawait requireRight(event, 'load');\n}")).toEqual(
		unguarded
	);
	expect(problems("async (event) => {\n\trequireRight(event, 'load');\n}")).toEqual(unguarded);
	const half = '(auth)/sign-in/second-factor/+page.server.ts';
	const late =
		"export const load: PageServerLoad = async (event) => {\n\tawait x();\n\trequireHalfSignedIn(event, ['enrol']);\n};\n";
	expect(problemsOf(half, late)).toEqual([`${half} load: not guarded`]);
	expect(problemsOf(path, 'export async function DELETE() {\n\treturn new Response();\n}\n')).toEqual([
		`${path} DELETE: no policy`
	]);
});
