import * as v from 'valibot';
import { freshId } from '../place/entry.ts';

/** Seat slips in one go, to be cut from sheets of twelve; with a ballot beneath each takes a page of its own, so fewer. */
export const MOST_SLIPS = 5000;
export const MOST_BALLOTS = 1000;

/** What the QR code of a slip opens: its code stands behind the #, which no browser sends, so that it is in no log on the way. */
export const slipUrl = (origin: string, room: string, code: string) => `${origin}/live/${room}#s=${code}`;

/** The serial with which the next run begins: what was void is not given a second time. */
export const nextSerial = (runs: readonly { first: number; count: number }[]) =>
	Math.max(0, ...runs.map(({ first, count }) => first + count - 1)) + 1;

/** What may be asked to be printed. */
export const slipEntry = v.pipe(
	v.object({
		id: freshId,
		hall: v.pipe(v.string(), v.regex(/^\d{1,2}$/, 'hall-unknown'), v.transform(Number)),
		count: v.pipe(
			v.string(),
			v.regex(/^\d{1,4}$/, 'count-wrong'),
			v.transform(Number),
			v.minValue(1, 'count-wrong'),
			v.maxValue(MOST_SLIPS, 'count-wrong')
		),
		what: v.picklist(['slips', 'ballots'], 'required')
	}),
	v.forward(
		v.check(({ count, what }) => what === 'slips' || count <= MOST_BALLOTS, 'count-ballots'),
		['count']
	)
);

/** Whether a paper ballot with this serial was printed and is good. */
export const isBallotSerial = (
	runs: readonly { first: number; count: number; ballots: boolean; voidedAt: number | null }[],
	serial: number
) => runs.some((run) => run.ballots && run.voidedAt === null && serial >= run.first && serial < run.first + run.count);
