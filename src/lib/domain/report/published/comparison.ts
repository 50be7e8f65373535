import { sameText } from '../../place/import/cell.ts';
import type { PublishedUnit } from './check.ts';

/** A table that somebody published. How many people answered it does not say: each figure carries its source instead of an n. */
export interface PublishedTable {
	id: string;
	organizationId: string;
	year: number;
	/** The year its changes are counted from. */
	changeSince: number | null;
	method: string;
	source: string;
	importedAt: number;
	removedAt: number | null;
	units: PublishedUnit[];
}

/** Figures of two methods stand in one table, never in one line, and nothing is subtracted between them. */
export function comparable(one: { method: string }, other: { method: string }): boolean {
	return sameText(one.method) === sameText(other.method);
}

/** Tables in the order of a page: the newest year first, those of one method together; before each whether its method is another. */
export function inOrder(tables: readonly PublishedTable[], own: { method: string }) {
	const sorted = tables.toSorted(
		(a, b) =>
			b.year - a.year ||
			Number(comparable(b, own)) - Number(comparable(a, own)) ||
			(sameText(a.method) < sameText(b.method) ? -1 : 1) ||
			a.importedAt - b.importedAt
	);
	return sorted.map((table, i) => ({ table, broken: !comparable(table, sorted[i - 1] ?? own) }));
}
