import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import type { Changes } from './change.ts';
import { type Cell, type IndexRow, isBeside } from './table.ts';

/** What rows can be ordered by: a column's figure, or how far its figure moved since the period before. */
export const ORDER_COLUMNS = ['name', ...CRITERIA, 'sipas', 'sheets'] as const;
export type OrderColumn = (typeof ORDER_COLUMNS)[number];

export interface Order {
	column: OrderColumn;
	/** By the change since the period before instead of by the figure. */
	change: boolean;
	descending: boolean;
}

export const BY_NAME: Order = { column: 'name', change: false, descending: false };

/** The order that an address asks for, e.g. "PV", "-PV" (largest first), "change-PV", "-change-PV"; what makes no sense is by name. */
export function readOrder(text: string | null): Order {
	const parts = /^(-?)(change-)?(\w+)$/.exec(text ?? '');
	const column = ORDER_COLUMNS.find((known) => known === parts?.[3]);
	if (!parts || !column) return BY_NAME;
	const change = parts[2] !== undefined && column !== 'name' && column !== 'sheets';
	return { column, change, descending: parts[1] === '-' };
}

export function writeOrder({ column, change, descending }: Order): string {
	return `${descending ? '-' : ''}${change ? 'change-' : ''}${column}`;
}

/**
 * The rows in an order. A figure that is withheld, or of fewer than thirty answers, is never ranked: such rows come last, in the order
 * they had. A row of another channel stays beside the total, and the unattributed stay last of all.
 */
export function orderRows(rows: readonly IndexRow[], order: Order, changes: Changes | null = null): IndexRow[] {
	const { column, descending } = order;
	if (column === 'name') return descending ? reverseNamed(rows) : [...rows];
	const figure = (row: IndexRow) => figureOf(row, order, changes);
	const ranked = rows.filter((row) => isNamed(row) && figure(row) !== null);
	const sign = descending ? -1 : 1;
	ranked.sort((a, b) => sign * (figure(a)! - figure(b)!));
	return [...ranked, ...rows.filter((row) => !ranked.includes(row))];
}

const isNamed = (row: IndexRow) => row.key !== null && !isBeside(row);

function reverseNamed(rows: readonly IndexRow[]): IndexRow[] {
	return [...rows.filter(isNamed).reverse(), ...rows.filter((row) => !isNamed(row))];
}

function figureOf(row: IndexRow, { column, change }: Order, changes: Changes | null): number | null {
	if (column === 'sheets') return row.sheets;
	const cell = cellOf(row, column as Criterion | 'sipas');
	if ('withheld' in cell || cell.advisory) return null;
	if (!change) return cell.value;
	const moved = changes?.rows.get(row.key);
	const gap = moved && (column === 'sipas' ? moved.sipas : moved.criteria[column as Criterion]);
	return gap && 'value' in gap ? gap.value : null;
}

function cellOf(row: IndexRow, column: Criterion | 'sipas'): Cell {
	return column === 'sipas' ? row.sipas : row.criteria[column];
}
