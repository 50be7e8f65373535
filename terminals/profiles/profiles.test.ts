import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { profileSchema } from '../../src/lib/domain/terminal/profile.ts';

const FOLDER = new URL('./', import.meta.url);
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

test('there is a profile for each way of asking', () => {
	expect(names.sort()).toEqual(['full.json', 'quick.json', 'rotating.json']);
});

test.each(names)('%s is a profile a tablet understands, and asks as its name says', (name) => {
	const profile = v.parse(
		v.strictObject(profileSchema.entries),
		JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
	);
	expect(`${profile.mode}.json`).toBe(name);
	expect(profile.opensAt < profile.closesAt).toBe(true);
});

test('a profile with an unknown way of asking is refused', () => {
	expect(v.safeParse(profileSchema, { mode: 'endless' }).success).toBe(false);
});
