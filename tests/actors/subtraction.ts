import type { Cut, Look } from './curious-leader.ts';

/** A group of people smaller than it may be, whose number somebody can work out. */
export interface Leak {
	column: string;
	/** "channel/counter/field/officer day moment", the people who were counted there first at that moment. */
	people: string[];
	n: number;
}

/**
 * What a leader who writes down every number can work out by adding and subtracting. The unknowns are how many people of each cut and
 * day each moment brought; every number read is a sum of unknowns. Two ways are tried: each pair of numbers of which one holds the
 * other, and solving all of them together by elimination. What comes out as a plain sum of unknowns must be nobody or at least k
 * people: 10 where all of them were served by a named officer, else 5.
 */
export function solve(looks: readonly Look[], days: readonly string[]): Leak[] {
	return [...Map.groupBy(looks, ({ column }) => column)].flatMap(([column, own]) => solveColumn(column, own, days));
}

interface Equation {
	/** One bit an unknown. */
	set: bigint;
	n: number;
}

function solveColumn(column: string, looks: readonly Look[], days: readonly string[]): Leak[] {
	const moments = momentsThatBrought(looks);
	const unknowns = new Map<string, { bit: bigint; named: boolean }>();
	const bitOf = (cut: Cut, day: string, moment: number): bigint => {
		const name = `${cut.channel}/${cut.counterId}/${cut.fieldId}/${cut.officerId}${cut.versionId ?? ''} ${day} ${moment}`;
		let known = unknowns.get(name);
		if (!known) unknowns.set(name, (known = { bit: 1n << BigInt(unknowns.size), named: cut.officerId !== '' }));
		return known.bit;
	};
	const equations = new Map<bigint, Equation>();
	for (const { cuts, from, to, moment, n } of looks) {
		let set = 0n;
		for (const cut of cuts)
			for (const day of days)
				if (day >= from && day <= to)
					for (const earlier of moments) if (earlier <= moment) set |= bitOf(cut, day, earlier);
		equations.set(set, { set, n });
	}
	const all = [...unknowns];
	const leaks = new Map<bigint, Leak>();
	const check = ({ set, n }: Equation) => {
		const inside = all.filter(([, { bit }]) => (set & bit) !== 0n);
		const k = inside.every(([, { named }]) => named) ? 10 : 5;
		if (n !== 0 && Math.abs(n) < k) leaks.set(set, { column, people: inside.map(([name]) => name), n });
	};
	const list = [{ set: 0n, n: 0 }, ...equations.values()];
	for (const one of list)
		for (const other of list) {
			const n = one.n - other.n;
			if (n !== 0 && Math.abs(n) < 10 && (one.set & other.set) === other.set) check({ set: one.set ^ other.set, n });
		}
	for (const sum of eliminate([...equations.values()], all.length)) check(sum);
	return [...leaks.values()];
}

/** Moments after which some number was another than before; between the others nothing came. */
function momentsThatBrought(looks: readonly Look[]): number[] {
	const last = new Map<string, number>();
	const moments = new Set<number>();
	for (const { cuts, from, to, moment, n } of looks) {
		const cell = `${JSON.stringify(cuts)} ${from} ${to}`;
		if (last.get(cell) !== n) moments.add(moment);
		last.set(cell, n);
	}
	return [...moments].sort((a, b) => a - b);
}

const PRIME = 1_000_003;

/** Gauss and Jordan over a prime field; returns the solved equations that are plain sums of unknowns. */
function eliminate(equations: readonly Equation[], unknowns: number): Equation[] {
	const rows: Int32Array[] = [];
	const pivots: number[] = [];
	for (const { set, n } of equations) {
		const row = new Int32Array(unknowns + 1);
		for (let i = 0; i < unknowns; i++) row[i] = Number((set >> BigInt(i)) & 1n);
		row[unknowns] = modulo(n);
		pivots.forEach((pivot, i) => subtract(row, rows[i], row[pivot]));
		const pivot = row.findIndex((value, i) => i < unknowns && value !== 0);
		if (pivot < 0) continue;
		scale(row, inverse(row[pivot]));
		for (const other of rows) subtract(other, row, other[pivot]);
		rows.push(row);
		pivots.push(pivot);
	}
	return rows
		.filter((row) => row.every((value, i) => i === unknowns || value <= 1))
		.map((row) => {
			const set = row.reduce((bits, value, i) => (i < unknowns && value ? bits | (1n << BigInt(i)) : bits), 0n);
			return { set, n: row[unknowns] > PRIME / 2 ? row[unknowns] - PRIME : row[unknowns] };
		});
}

const modulo = (value: number) => ((value % PRIME) + PRIME) % PRIME;

function subtract(row: Int32Array, other: Int32Array, times: number) {
	if (times === 0) return;
	for (let i = 0; i < row.length; i++) if (other[i] !== 0) row[i] = modulo(row[i] - times * other[i]);
}

function scale(row: Int32Array, times: number) {
	for (let i = 0; i < row.length; i++) row[i] = modulo(row[i] * times);
}

/** By Fermat: the power p − 2. */
function inverse(value: number): number {
	let [result, base] = [1, value];
	for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
		if (power % 2 === 1) result = modulo(result * base);
		base = modulo(base * base);
	}
	return result;
}
