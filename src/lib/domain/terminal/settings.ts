import * as v from 'valibot';
import type { Profile } from './profile.ts';

const id = v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(64, 'too-long'));
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'clock'));
const maybeClock = v.union([v.literal(''), clock], 'clock');
const seconds = (least: number, most: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d{1,3}$/, 'number'),
		v.transform(Number),
		v.minValue(least, 'number'),
		v.maxValue(most, 'number')
	);
const volume = v.pipe(v.string(), v.regex(/^(0|1|0\.\d{1,6})$/, 'number'), v.transform(Number));

/** The settings of a tablet as its form sends them; each limit is the profile's own. */
export const settingsSchema = v.pipe(
	v.object({
		name: v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(120, 'too-long')),
		counterId: id,
		mode: v.picklist(['quick', 'rotating', 'full'], 'required'),
		languages: v.picklist(['vi,en', 'vi', 'en'], 'required'),
		idleSeconds: seconds(10, 120),
		thanksSeconds: seconds(2, 10),
		volume,
		quietFrom: maybeClock,
		quietUntil: maybeClock,
		quietVolume: volume,
		hours: v.picklist(['site', 'own'], 'required'),
		opensAt: clock,
		closesAt: clock
	}),
	v.forward(
		v.partialCheck([['opensAt'], ['closesAt']], ({ opensAt, closesAt }) => opensAt < closesAt, 'order'),
		['closesAt']
	),
	v.forward(
		v.partialCheck(
			[['quietFrom'], ['quietUntil']],
			({ quietFrom, quietUntil }) => (quietFrom === '') === (quietUntil === ''),
			'both'
		),
		['quietUntil']
	)
);
type Settings = v.InferOutput<typeof settingsSchema>;

export function profileIn({ quietFrom, quietUntil, quietVolume, languages, ...settings }: Settings): Profile {
	const { mode, idleSeconds, thanksSeconds, volume, hours, opensAt, closesAt } = settings;
	const quiet = quietFrom === '' ? null : { from: quietFrom, until: quietUntil, volume: quietVolume };
	const spoken = languages.split(',') as Profile['languages'];
	return { mode, languages: spoken, idleSeconds, thanksSeconds, volume, quiet, hours, opensAt, closesAt };
}
