import { oneOf, type Random } from '../../terminals/simulator/random.ts';

/** Values that have broken parsers, databases and counters before. */
const NASTY: readonly unknown[] = [
	...[null, true, false, 0, -0, -1, 6, 4.5, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 31, 2 ** 63, 1e21],
	...['', ' ', '0', '5', '\u0000', 'a\u0000b', '\ud800', '\udfff', '\u202e', '\ufeff', '😀', 'ă'.normalize('NFD')],
	...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'NaN', 'Infinity', 'undefined', 'null'],
	...[
		"' or 1=1 --",
		'"; drop table sheet; --',
		'<script>alert(1)</script>',
		'=1+1',
		'../../etc/passwd',
		'%00',
		'${7*7}'
	],
	...['9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-11-23T24:00:00+25:00'],
	...[[], {}, [[]], [null], { length: 3 }, { toString: 1 }, { toJSON: 1 }, 'x'.repeat(70_000), Array(2000).fill(1)]
];

const own = { enumerable: true, writable: true, configurable: true };

type Node = Record<string, unknown>;

/** The value with one to three things in it changed: replaced, taken away, doubled, renamed or moved. Made for JSON. */
export function mutated(random: Random, value: unknown): unknown {
	const copy = structuredClone(value);
	for (let times = 1 + Math.floor(random() * 3); times > 0; times--) mutateOnce(random, copy);
	return copy;
}

function mutateOnce(random: Random, root: unknown) {
	const nodes = nodesOf(root);
	const node = oneOf(random, nodes);
	const keys = Object.keys(node);
	if (keys.length === 0) return;
	const key = oneOf(random, keys);
	const changes = [
		() => void (node[key] = nasty(random)),
		() => void (node[key] = nasty(random)),
		() => void delete node[key],
		() => void Object.defineProperty(node, '__proto__', { ...own, value: nasty(random) }),
		() => void (node[`x${JSON.stringify(nasty(random))}`] = node[key]),
		() => void (node[key] = structuredClone(oneOf(random, nodes))),
		() => void (Array.isArray(node) && node.push(structuredClone(node[0])))
	];
	oneOf(random, changes)();
}

const nasty = (random: Random) => structuredClone(oneOf(random, NASTY));

function nodesOf(value: unknown, found: Node[] = []): Node[] {
	if (typeof value !== 'object' || value === null) return found;
	found.push(value as Node);
	for (const child of Object.values(value).slice(0, 50)) nodesOf(child, found);
	return found;
}

/** The text with some of its bytes changed, cut or doubled. */
export function garbled(random: Random, text: string): string {
	const at = Math.floor(random() * text.length);
	const changes = [
		() => text.slice(0, at),
		() => text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0xffff)) + text.slice(at + 1),
		() => text.slice(0, at) + text.slice(at, at + 40) + text.slice(at),
		() => `${text}${text}`,
		() => text.replaceAll('"', "'"),
		() => '['.repeat(1 + Math.floor(random() * 5000)) + text
	];
	return oneOf(random, changes)();
}
