import * as v from 'valibot';
import { CRITERIA } from '../survey/criterion.ts';
import { contentSchema } from '../survey/file.ts';
import { HALL_PROOFS, LEVELS } from './dialogue.ts';
import { ROUND_KINDS } from './round.ts';

/**
 * What travels between a ward and a machine that stands in a hall without a network: out goes a prepared dialogue, back come the
 * ballots of its rounds. Both are sealed; only which pack it is can be read from outside.
 */

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/));
const figure = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
const MOST_ROUNDS = 60;
const MOST_SLIPS = 50_000;
const MOST_BALLOTS = 200_000;

const envelope = v.object({
	format: v.picklist(['lang-nghe-hall-out-1', 'lang-nghe-hall-back-1']),
	pack: id,
	/** Of what goes out: with the code that somebody types it makes the key. */
	salt: v.optional(text(100), ''),
	sealed: v.pipe(v.string(), v.minLength(1))
});
export type Envelope = v.InferOutput<typeof envelope>;

export const writeEnvelope = (made: Envelope) => `${JSON.stringify(made)}\n`;

/** What a file says from outside; null where it is no file of ours. */
export const readEnvelope = (file: string): Envelope | null => parsed(envelope, file);

const hallPack = v.object({
	packId: id,
	/** Which hall the machine is for. */
	hall: figure,
	secret: v.pipe(v.string(), v.minLength(32), v.maxLength(100)),
	dialogue: v.object({
		id,
		room: v.pipe(v.string(), v.regex(/^[0-9a-z]{6}$/)),
		title: text(300),
		place: text(300),
		day: text(10),
		time: text(10),
		halls: v.pipe(v.array(text(200)), v.minLength(1), v.maxLength(100)),
		hallProof: v.picklist(HALL_PROOFS)
	}),
	rounds: v.pipe(
		v.array(
			v.object({
				id,
				kind: v.picklist(ROUND_KINDS),
				text: text(1000),
				options: v.pipe(v.array(text(500)), v.maxLength(8)),
				most: figure,
				criterion: v.nullable(v.picklist(CRITERIA)),
				items: figure,
				changeable: v.boolean(),
				versionId: v.nullable(text(100))
			})
		),
		v.maxLength(MOST_ROUNDS)
	),
	versions: v.pipe(v.array(v.object({ id: text(100), content: contentSchema })), v.maxLength(MOST_ROUNDS)),
	slips: v.pipe(v.array(v.object({ serial: figure, hall: figure, mark: id })), v.maxLength(MOST_SLIPS))
});
export type HallPack = v.InferOutput<typeof hallPack>;

export const readHallPack = (unsealed: string): HallPack | null => parsed(hallPack, unsealed);

const count = v.object({ votes: v.array(figure), valid: figure, blank: figure, spoiled: figure });
const ballot = v.object({
	voter: id,
	id,
	turn: figure,
	channel: v.picklist(['live-hall', 'live-stream']),
	hall: figure,
	level: v.picklist(LEVELS),
	suspect: v.boolean(),
	choice: text(100)
});

const hallReturn = v.object({
	packId: id,
	madeAt: figure,
	rounds: v.pipe(
		v.array(
			v.object({
				id,
				openedAt: v.nullable(figure),
				finalAt: figure,
				/** What the hall's machine froze when the round became final there. */
				acknowledged: v.object({
					byChannel: v.object({ 'live-hall': count, 'live-stream': count }),
					hash: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/))
				}),
				ballots: v.pipe(v.array(ballot), v.maxLength(MOST_BALLOTS))
			})
		),
		v.maxLength(MOST_ROUNDS)
	)
});
export type HallReturn = v.InferOutput<typeof hallReturn>;
export type ReturnedRound = HallReturn['rounds'][number];
export type ReturnedBallot = v.InferOutput<typeof ballot>;

export const readHallReturn = (unsealed: string): HallReturn | null => parsed(hallReturn, unsealed);

function parsed<Schema extends v.GenericSchema>(schema: Schema, json: string): v.InferOutput<Schema> | null {
	let said: unknown;
	try {
		said = JSON.parse(json);
	} catch {
		return null;
	}
	const read = v.safeParse(schema, said);
	return read.success ? read.output : null;
}
