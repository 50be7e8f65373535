import * as v from 'valibot';

/**
 * How a tablet behaves at one kind of counter. *quick* asks about the officer; *rotating* adds one of the other four criteria,
 * chosen so that all fill evenly (planned missing data); *full* asks all five.
 */
export const profileSchema = v.object({
	mode: v.picklist(['quick', 'rotating', 'full']),
	/** Follow-up questions close after this many seconds without a touch; the last ten are counted visibly. */
	idleSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(120)), 30),
	/** How long the thanks and "chosen by mistake" stay, seconds. */
	thanksSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(10)), 4),
	/** 0..1; 0 is silent. */
	volume: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0),
	/** Local opening hours, "07:30"–"17:00". */
	opensAt: v.optional(v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)), '07:00'),
	closesAt: v.optional(v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)), '17:30')
});
export type Profile = v.InferOutput<typeof profileSchema>;
