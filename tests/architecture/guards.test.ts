import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROUTES = 'src/routes';

/** Who may be reached without signing in, and why. Whatever is not here asks for a right by itself. */
const PUBLIC: Record<string, string> = {
	'+server.ts GET': 'leads everybody to their own first page',
	'(auth)/sign-in/+page.server.ts load': 'the sign-in itself',
	'(auth)/sign-in/+page.server.ts actions.default': 'the sign-in itself',
	'(auth)/sign-out/+server.ts POST': 'ends the session of whoever asks',
	'(auth)/sign-out/+server.ts GET': 'leads to the first page',
	'(auth)/language/+server.ts POST': 'keeps a language in a cookie',
	'api/v1/[...path]/+server.ts answer': 'the API guards each of its routes itself'
};

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

/** A guard is asked before anything else is awaited, or it guards nothing. */
function isGuarded({ source }: Handler): boolean {
	const guard = source.search(/\b(?:await )?require[A-Z]\w*\(/);
	const first = source.search(/\bawait\b/);
	return guard >= 0 && (first < 0 || guard <= first);
}

function unguarded(path: string, text: string): string[] {
	return handlersOf(text)
		.filter((handler) => !isGuarded(handler))
		.map(({ name }) => `${path} ${name}`)
		.filter((name) => !(name in PUBLIC));
}

const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((path) =>
	/\+(page\.|layout\.)?server\.ts$/.test(path)
);
const read = (path: string) => readFileSync(join(ROUTES, path), 'utf8');

test('every load, action and method under src/routes asks for a right or stands in the public list', () => {
	expect(files.length).toBeGreaterThan(6);
	expect(files.flatMap((path) => unguarded(path, read(path)))).toEqual([]);
});

test('every server file is understood, and the public list names nothing that is gone', () => {
	for (const path of files) expect(handlersOf(read(path)), path).not.toEqual([]);
	const all = files.flatMap((path) => handlersOf(read(path)).map(({ name }) => `${path} ${name}`));
	expect(Object.keys(PUBLIC).filter((name) => !all.includes(name))).toEqual([]);
});

test('a handler without a guard is caught, wherever it hides', () => {
	const guarded = 'async ({ locals }) => {\n\t\trequireAbility(locals, "place:manage");\n\t}';
	const open = 'async ({ locals }) => {\n\t\treturn readAll(locals.running.db);\n\t}';
	const offences = {
		load: `export const load: PageServerLoad = ${open};\n`,
		'actions.second': `export const actions: Actions = {\n\tfirst: ${guarded},\n\tsecond: ${open}\n};\n`,
		DELETE: `export const GET: RequestHandler = ${guarded};\nexport const DELETE: RequestHandler = ${open};\n`,
		POST: `export async function POST({ locals }) {\n\treturn new Response();\n}\n`,
		answer: `const answer = ${open};\n\nexport const PUT = answer;\n`
	};
	for (const [name, text] of Object.entries(offences)) expect(unguarded('x', text)).toEqual([`x ${name}`]);
	const late = 'export const load = async ({ locals }) => {\n\tawait writeAll();\n\trequireAbility(locals, "x");\n};\n';
	expect(unguarded('x', late)).toEqual(['x load']);
	expect(unguarded('x', `export const load: PageServerLoad = ${guarded};\n`)).toEqual([]);
});
