import type { Gate, Item, QuestionnaireContent } from './questionnaire.ts';
import { SCALES, SCORES, type ScaleId } from './scale.ts';

/** What stands on a printed form, in its order: the words of a scale wherever it changes, a gate before the first question it skips. */
export type FormLine =
	| { kind: 'scale'; words: string[] }
	| { kind: 'gate'; gate: Gate; skips: number[] }
	| { kind: 'item'; number: number; item: Item };

export function formLines({ items, gates = [] }: Pick<QuestionnaireContent, 'items' | 'gates'>): FormLine[] {
	const numberOf = new Map(items.map(({ id }, i) => [id, i + 1]));
	const waiting = gates.map((gate) => ({
		gate,
		skips: gate.skips.flatMap((id) => numberOf.get(id) ?? []).sort((a, b) => a - b)
	}));
	const lines: FormLine[] = [];
	let scale: ScaleId | null = null;
	for (const [i, item] of items.entries()) {
		const number = i + 1;
		for (const { gate, skips } of waiting) if (Math.min(...skips) === number) lines.push({ kind: 'gate', gate, skips });
		const own = item.scale ?? 'satisfaction';
		if (own !== scale) lines.push({ kind: 'scale', words: SCORES.map((score) => SCALES[own][score].vi) });
		scale = own;
		lines.push({ kind: 'item', number, item });
	}
	return lines;
}
