import { searchKey } from '../shared/list.ts';

/**
 * How alike two questions are, without a cloud and without marks: "Đường Hòn Rớ bao giờ sửa" and "khi nao sua duong hon ro". Only a
 * suggestion: a person merges.
 */

/** Words that stand in every question; what is asked about is in the others. Two or three words are one where only together they say nothing. */
const SAYING_NOTHING =
	/(?<![a-z])(?:kinh thua|thua|xin hoi|cho (?:toi|em|chau|con|minh) hoi|toi muon hoi|de nghi|kien nghi|mong|ubnd|uy ban nhan dan|uy ban|lanh dao|chu tich|ong ba|chinh quyen|phuong(?: ta| minh)?|dia phuong|bao gio|khi nao|luc nao|vi sao|tai sao|the nao|nhu the nao|lam sao|co ke hoach|duoc khong|co duoc|hay chua|ba con|nguoi dan|nhan dan|chung toi|gia dinh toi|o|tai|la|thi|ma|va|cua|cho|co|khong|se|da|dang|duoc|bi|rat|qua|nay|do|kia|cac|nhung|mot|toi|em|chau|con|a|nhe|voi|den|moi|ve|nen|can|phai|vay|roi|chua|gi|nao|sao|de|vao|ra|len|trong|tren|tu|hoi|lai|cung|hay|thay|hien nay|gio)(?![a-z])/g;

/** The words that say what a question is about, and the pairs of neighbours among them. */
function tokensOf(text: string): Set<string> {
	const plain = searchKey(text)
		.replace(/[^a-z0-9]+/g, ' ')
		.replace(SAYING_NOTHING, ' ');
	const words = plain.split(/\s+/).filter(Boolean);
	const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`);
	return new Set([...words, ...pairs]);
}

function trigramsOf(text: string): Set<string> {
	const plain = ` ${searchKey(text)
		.replace(/[^a-z0-9]+/g, ' ')
		.replace(SAYING_NOTHING, ' ')
		.replace(/\s+/g, ' ')
		.trim()} `;
	return new Set(Array.from({ length: Math.max(0, plain.length - 2) }, (_, i) => plain.slice(i, i + 3)));
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	let both = 0;
	for (const each of a) if (b.has(each)) both++;
	return both;
}

/** How much of the smaller set the other has too; long and short ways to ask one thing are alike. */
const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
	a.size === 0 || b.size === 0 ? 0 : shared(a, b) / Math.min(a.size, b.size);
const dice = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
	a.size + b.size === 0 ? 0 : (2 * shared(a, b)) / (a.size + b.size);

interface Prepared {
	tokens: ReadonlySet<string>;
	trigrams: ReadonlySet<string>;
}
const prepare = (text: string): Prepared => ({ tokens: tokensOf(text), trigrams: trigramsOf(text) });

/** From 0 to 1: words they share, written alike. */
function likeness(a: Prepared, b: Prepared): number {
	return 0.6 * overlap(a.tokens, b.tokens) + 0.4 * dice(a.trigrams, b.trigrams);
}

/** From here on a pair is worth a person's look. */
export const ALIKE = 0.42;

export const likenessOf = (a: string, b: string) => likeness(prepare(a), prepare(b));

/** For each question that waits, the most similar others, the most similar first. */
export function suggestSimilar<Each extends { id: string; text: string }>(
	waiting: readonly Each[],
	others: readonly Each[],
	most = 3
): Map<string, { id: string; likeness: number }[]> {
	const prepared = others.map((other) => ({ id: other.id, ...prepare(other.text) }));
	return new Map(
		waiting.map((each) => {
			const own = prepare(each.text);
			const alike = prepared
				.filter(({ id }) => id !== each.id)
				.map((other) => ({ id: other.id, likeness: likeness(own, other) }))
				.filter(({ likeness: value }) => value >= ALIKE)
				.sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1));
			return [each.id, alike.slice(0, most)];
		})
	);
}
