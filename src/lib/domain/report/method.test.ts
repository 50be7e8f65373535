import { expect, test } from 'vitest';
import { INDEX_NAME, isMethod, METHOD_NAMES, METHODS, otherMethod } from './method.ts';

test('a result of the centre never calls itself the national SIPAS', () => {
	const texts = [INDEX_NAME, ...Object.values(METHOD_NAMES)].flatMap(({ vi, en }) => [vi, en]);
	expect(texts.filter((text) => /quốc gia|national/i.test(text))).toEqual([]);
	expect(INDEX_NAME.vi).toContain('khảo sát tại Trung tâm');
});

test('beside each method stands the other one', () => {
	for (const method of METHODS) expect(otherMethod(otherMethod(method))).toBe(method);
	expect(METHODS.map(isMethod)).toEqual([true, true]);
	expect(isMethod('T2B')).toBe(false);
});
