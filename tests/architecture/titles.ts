import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const known = new Map<string, string[]>();

/** How the tests of a file are called, as they stand there; of a title with a figure in it what stands before the figure. [] without the file. */
export function titlesOf(file: string): string[] {
	let titles = known.get(file);
	if (!titles) known.set(file, (titles = existsSync(file) ? readTitles(file) : []));
	return titles;
}

function readTitles(file: string): string[] {
	const titles: string[] = [];
	const look = (node: ts.Node) => {
		if (ts.isCallExpression(node) && isTest(node.expression)) titles.push(...textOf(node.arguments[0]));
		ts.forEachChild(node, look);
	};
	look(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
	return titles;
}

/** `test(…)`, `test.each(…)(…)`, `test.skipIf(…)(…)`, `it(…)`. */
function isTest(called: ts.Expression): boolean {
	if (ts.isIdentifier(called)) return /^(test|it)$/.test(called.text);
	if (ts.isPropertyAccessExpression(called) || ts.isCallExpression(called)) return isTest(called.expression);
	return false;
}

function textOf(title: ts.Expression | undefined): string[] {
	if (title === undefined) return [];
	if (ts.isStringLiteralLike(title)) return [title.text];
	return ts.isTemplateExpression(title) ? [title.head.text] : [];
}
