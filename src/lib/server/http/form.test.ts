import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parseForm, textsOf } from './form.ts';

function aForm(...pairs: [string, string | Blob][]): FormData {
	const form = new FormData();
	for (const [name, value] of pairs) form.append(name, value);
	return form;
}

const schema = v.object({ name: v.pipe(v.string(), v.minLength(1, 'required')) });

test('PROTO: a field named like what every object has is no field, and nothing else changes by it', () => {
	const names = [
		'__proto__',
		'constructor',
		'toString',
		'__proto__.polluted',
		'constructor.prototype',
		'a[__proto__][x]'
	];
	const form = aForm(...names.map((name): [string, string] => [name, '{"polluted":1}']));
	const texts = textsOf(form);
	expect(Object.getPrototypeOf(texts)).toBe(Object.prototype);
	expect(Object.keys(texts)).toEqual(names.slice(3));
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	expect(parseForm(schema, form)).toMatchObject({ ok: false, problems: { name: 'required' } });
});

test('of a field sent twice the last counts, and a file is no text', () => {
	expect(parseForm(schema, aForm(['name', 'An'], ['name', ' Bình ']))).toEqual({ ok: true, value: { name: 'Bình' } });
	expect(parseForm(schema, aForm(['name', new Blob(['An'])]))).toMatchObject({
		ok: false,
		problems: { name: 'required' }
	});
});
