import { clean } from '../../shared/text.ts';

const MASK = /\[[^[\]]*\]/;
const evened = (text: string) => clean(text).replace(/\s+/g, ' ');

/**
 * Whether a text says what the citizen wrote with parts of it masked in square brackets, and nothing else: whoever moderates hides,
 * they do not rewrite.
 */
export function onlyMasks(written: string, masked: string): boolean {
	const whole = evened(written);
	const kept = evened(masked)
		.split(new RegExp(MASK, 'g'))
		.map((part) => part.trim());
	const first = kept[0];
	const last = kept.at(-1)!;
	if (kept.length === 1) return whole === first;
	if (!whole.startsWith(first) || !whole.endsWith(last)) return false;
	let from = first.length;
	for (const part of kept.slice(1, -1)) {
		const at = whole.indexOf(part, from);
		if (at < 0) return false;
		from = at + part.length;
	}
	return whole.length - last.length >= from;
}
