import * as v from 'valibot';

const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
/** 0..1; 0 is silent. */
const volume = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/**
 * How a tablet behaves at one kind of counter. *quick* asks about the officer; *rotating* adds one of the other four criteria,
 * chosen so that all fill evenly (planned missing data); *full* asks all five. What a profile does not say, it takes from here, so
 * that one stored before a setting existed goes on as it was.
 */
export const profileSchema = v.object({
	mode: v.picklist(['quick', 'rotating', 'full']),
	/** What the tablet offers; it rests in Vietnamese wherever that is among them. */
	languages: v.optional(v.pipe(v.array(v.picklist(['vi', 'en'])), v.minLength(1), v.maxLength(2)), ['vi', 'en']),
	/** Follow-up questions close after this many seconds without a touch; the last ten are counted visibly. */
	idleSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(120)), 30),
	/** How long the thanks and "chosen by mistake" stay, seconds. */
	thanksSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(10)), 4),
	volume: v.optional(volume, 0),
	/** A stretch of the day with a volume of its own. */
	quiet: v.optional(v.nullable(v.object({ from: clock, until: clock, volume })), null),
	/** Open when the site is, or on the same days at hours of its own. */
	hours: v.optional(v.picklist(['site', 'own']), 'own'),
	/** Local opening hours of its own, "07:30"–"17:00". */
	opensAt: v.optional(clock, '07:00'),
	closesAt: v.optional(clock, '17:30')
});
export type Profile = v.InferOutput<typeof profileSchema>;

/** A profile as it was stored, maybe years ago, with everything that has come since. */
export function completeProfile(stored: unknown): Profile {
	return v.parse(profileSchema, stored);
}
