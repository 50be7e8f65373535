import * as v from 'valibot';
import { expect, test } from 'vitest';
import { MODES } from './modes.ts';
import { profileSchema } from './profile.ts';
import { profileIn, settingsSchema } from './settings.ts';

const TYPED = {
	...{ name: 'Máy 1', counterId: 'q1', mode: 'rotating', languages: 'vi,en', idleSeconds: '30', thanksSeconds: '4' },
	...{ volume: '0', quietFrom: '', quietUntil: '', quietVolume: '0' },
	...{ hours: 'site', opensAt: '07:00', closesAt: '17:30' }
};
const problems = (changes: object) =>
	v
		.safeParse(settingsSchema, { ...TYPED, ...changes })
		.issues?.map(({ path, message }) => `${String(path?.[0].key)} ${message}`);

test('what the form sends is the profile it was filled from', () => {
	expect(profileIn(v.parse(settingsSchema, TYPED))).toEqual(MODES.rotating.profile);
	const changed = { languages: 'en', volume: '0.5', quietFrom: '17:00', quietUntil: '07:30', quietVolume: '0.2' };
	const profile = profileIn(v.parse(settingsSchema, { ...TYPED, ...changed }));
	expect(profile).toMatchObject({
		languages: ['en'],
		volume: 0.5,
		quiet: { from: '17:00', until: '07:30', volume: 0.2 }
	});
	expect(v.parse(profileSchema, profile)).toEqual(profile);
});

test.each([
	[{ name: '' }, 'name required'],
	[{ idleSeconds: '9' }, 'idleSeconds number'],
	[{ idleSeconds: '121' }, 'idleSeconds number'],
	[{ thanksSeconds: '2.5' }, 'thanksSeconds number'],
	[{ volume: '1.1' }, 'volume number'],
	[{ volume: '-0' }, 'volume number'],
	[{ opensAt: '25:00' }, 'opensAt clock'],
	[{ opensAt: '17:30' }, 'closesAt order'],
	[{ quietFrom: '12:00' }, 'quietUntil both'],
	[{ quietFrom: 'trưa' }, 'quietFrom clock'],
	[{ mode: '__proto__' }, 'mode required'],
	[{ languages: 'fr' }, 'languages required']
])('%j is told beside its field', (changes, problem) => {
	expect(problems(changes)).toContain(problem);
});
