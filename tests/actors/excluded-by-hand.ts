import { expect } from 'vitest';
import { addDays, DAY_MS, localDay, shiftOf, type Shift } from '../../src/lib/domain/shared/time.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import {
	acceptExclusion,
	applyExclusions,
	liftExclusion,
	proposeExclusion
} from '../../src/lib/server/submission/exclusion/writes.ts';
import type { KnownSheet } from './counted-by-hand.ts';

/** A sheet that is known to have been answered at a moment. */
type PlacedSheet = KnownSheet & { at: number };

export interface ExcludeStep {
	/** '': both. */
	counterId: string;
	/** Days before now, and how many of them. */
	from: number;
	days: number;
	shift: Shift | '';
	flag: 'repeat' | '';
}

interface Standing {
	id: string;
	step: ExcludeStep;
	from: string;
	until: string;
	decidedAt: number;
}

/** What two people take out and put back, done slowly: whoever looks at a part looks at every sheet inside of it. */
export class ExcludedByHand {
	taken = 0;
	lifted = 0;
	readonly #standing: Standing[] = [];
	readonly #db: Db;
	readonly #sheets: readonly PlacedSheet[];
	#made = 0;

	constructor(db: Db, sheets: readonly PlacedSheet[]) {
		this.#db = db;
		this.#sheets = sheets;
	}

	/** Nothing where nothing is inside, or all of it lies in the future. */
	async exclude(step: ExcludeStep, now: number) {
		const from = addDays(localDay(now), -step.from);
		const until = addDays(from, step.days - 1);
		const { counterId, shift, flag } = step;
		const part = { siteId: 's1', counterId, channel: 'terminal', from, until, shift, flag } as const;
		const id = `e${String(this.#made++).padStart(9, '0')}`;
		const [proposer, decider] = ['u1', 'u2'].map((user) => ({ id: user, officerId: null }));
		const asked = { id, organizationId: 'w1', part, reason: 'Trẻ em nghịch máy', user: proposer, now };
		if (!(await proposeExclusion(this.#db, asked)).ok) return;
		const scope = { organizationId: 'w1', sites: null };
		expect(await acceptExclusion(this.#db, { id, scope, user: decider, now })).toEqual({ ok: true });
		this.#standing.push({ id, step, from, until, decidedAt: now });
		this.#settle(this.#standing.at(-1)!);
	}

	async lift(which: number, now: number) {
		if (this.#standing.length === 0) return;
		const [one] = this.#standing.splice(which % this.#standing.length, 1);
		const lifting = { id: one.id, scope: { organizationId: 'w1', sites: null }, answer: 'Đã xem lại', now };
		expect(await liftExclusion(this.#db, { ...lifting, user: { id: 'u1', officerId: null } })).toEqual({ ok: true });
		const held = this.#sheets.filter(({ flags }) => flags.has('excluded')).length;
		this.#settle(one);
		this.lifted += held - this.#sheets.filter(({ flags }) => flags.has('excluded')).length;
	}

	/** A decision meets what comes within thirty days of it. */
	async apply(now: number) {
		await applyExclusions(this.#db, now);
		for (const one of this.#standing) if (one.decidedAt > now - 30 * DAY_MS) this.#settle(one);
	}

	#settle(part: Standing) {
		for (const sheet of this.#sheets) {
			if (!isInside(part, sheet)) continue;
			if (this.#standing.some((each) => isInside(each, sheet))) {
				this.taken += Number(!sheet.flags.has('excluded'));
				sheet.flags.add('excluded');
			} else sheet.flags.delete('excluded');
		}
	}
}

function isInside({ step, from, until }: Pick<Standing, 'step' | 'from' | 'until'>, sheet: PlacedSheet): boolean {
	if (sheet.day < from || sheet.day > until) return false;
	if (step.counterId !== '' && step.counterId !== sheet.counterId) return false;
	if (step.shift !== '' && step.shift !== shiftOf(sheet.at)) return false;
	return step.flag === '' || sheet.flags.has(step.flag);
}
