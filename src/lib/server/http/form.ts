import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { PROBLEMS } from './problem.ts';

/** What a form sent: either its values, or for each field a code of what is wrong, with the texts to show again. */
export type ParsedForm<Value> =
	{ ok: true; value: Value } | { ok: false; problems: Record<string, string>; values: Record<string, string> };

/** A field's problem is the message of its first failing check, which is a code that the screen has a sentence for. */
export function parseForm<Schema extends v.GenericSchema>(
	schema: Schema,
	form: FormData
): ParsedForm<v.InferOutput<Schema>> {
	const values = textsOf(form);
	const parsed = v.safeParse(schema, values);
	if (parsed.success) return { ok: true, value: parsed.output };
	const problems: Record<string, string> = {};
	for (const issue of parsed.issues) {
		const field = String(issue.path?.[0]?.key ?? '');
		problems[field] ??= issue.received === 'undefined' ? 'required' : issue.message;
	}
	return { ok: false, problems, values };
}

/**
 * Only texts: a file that nobody asked for is left out, and so is a name that every object has already (`__proto__`,
 * `constructor`). Of a name sent twice the last counts.
 */
export function textsOf(form: FormData): Record<string, string> {
	const texts = [...form].filter(
		(pair): pair is [string, string] => typeof pair[1] === 'string' && !(pair[0] in Object.prototype)
	);
	return Object.fromEntries(texts.map(([name, value]) => [name, value.trim()]));
}

/** A form that breaks off, or is not what its content type says, is the sender's fault: 400, and nothing for the log. */
export function withReadableForm(request: Request): Request {
	const read = request.formData.bind(request);
	request.formData = () =>
		read().catch(() => error(400, { message: PROBLEMS['request-malformed'].message, code: 'request-malformed' }));
	return request;
}

/**
 * The rows of a form whose inputs repeat under the same names: what stands at one place of every list is one row. At most `most`
 * rows; a row that is cut short has '' in its place.
 */
export function rowsOf<Name extends string>(form: FormData, names: readonly Name[], most = 200) {
	const lists = names.map((name) => form.getAll(name).map((value) => (typeof value === 'string' ? value.trim() : '')));
	const length = Math.min(most, Math.max(0, ...lists.map((list) => list.length)));
	return Array.from(
		{ length },
		(_, i) => Object.fromEntries(names.map((name, n) => [name, lists[n][i] ?? ''])) as Record<Name, string>
	);
}
