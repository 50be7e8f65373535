import { hasSomewhere, permits } from '../../src/lib/domain/account/right.ts';
import type { Actor } from '../factories/provinces.ts';
import type { Cell } from './rights.ts';

/**
 * A quarter of the matrix. Of every handler: a visitor; every role at the height of a ward, asking about what is its own; and of every
 * distance and height of the one who asks, one whom the table lets in and one whom it turns away though they hold the right elsewhere,
 * another role at each handler. Somebody who holds the right nowhere tells nothing about places.
 */
export function sampleOf(cells: readonly Cell[]): Cell[] {
	return [...Map.groupBy(cells, ({ handler }) => handler).values()].flatMap((own, turn) => {
		const nearby = own.filter(({ actor, distance }) => distance === 'own' && (!actor || heightOf(actor) === 'ward'));
		const holders = own.filter(({ actor, right }) => actor && (!right || hasSomewhere(actor.grants, right)));
		const situations = Map.groupBy(holders, (cell) => `${cell.distance} ${heightOf(cell.actor!)} ${cell.allowed}`);
		const telling = situations.values().map((alike) => alike[turn % alike.length]);
		const chosen = new Set([...nearby, ...telling]);
		return own.filter((cell) => chosen.has(cell));
	});
}

function heightOf({ path, grants: [{ siteId }] }: Actor): 'site' | 'ward' | 'province' {
	if (siteId) return 'site';
	return path.length > 1 ? 'ward' : 'province';
}

/** Whether a product that asked for this instead of what the table says would be seen by these requests. */
export function seesInstead(cells: readonly Cell[], instead: (cell: Asked) => Partial<Asked>): boolean {
	return cells.some(({ actor, about, right, allowed }) => {
		if (!actor || !right) return false;
		const asked = { about, right, ...instead({ about, right }) };
		return permits(actor.grants, asked.right, asked.about, actor.userId).allowed !== allowed;
	});
}

type Asked = { about: Cell['about']; right: NonNullable<Cell['right']> };
