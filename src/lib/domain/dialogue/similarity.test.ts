import { expect, test } from 'vitest';
import { ASKED } from './similarity.fixture.ts';
import { ALIKE, likenessOf, suggestSimilar } from './similarity.ts';

const all = ASKED.flatMap((group, topic) => group.map((text, i) => ({ id: `${topic}-${i}`, topic, text })));

test('of the pairs that ask one thing most are suggested, and few that ask another', () => {
	let [found, same, alarms, different] = [0, 0, 0, 0];
	for (const [i, a] of all.entries()) {
		for (const b of all.slice(i + 1)) {
			const alike = likenessOf(a.text, b.text) >= ALIKE;
			if (a.topic === b.topic) {
				same++;
				if (alike) found++;
			} else {
				different++;
				if (alike) alarms++;
			}
		}
	}
	console.info(
		`similar questions: ${found} of ${same} pairs found (recall ${((100 * found) / same).toFixed(1)} %), ` +
			`${alarms} false alarms in ${different} (${((100 * alarms) / different).toFixed(2)} %; of suggestions ${((100 * found) / (found + alarms)).toFixed(1)} % right)`
	);
	expect(found / same).toBeGreaterThan(0.85);
	expect(alarms / different).toBeLessThan(0.01);
});

test('who asks what somebody asked before is shown it, with marks or without, and never themselves', () => {
	const suggested = suggestSimilar(all, all);
	const helped = all.filter(({ topic }) => ASKED[topic]!.length > 1).map((each) => suggested.get(each.id)!);
	const first = all.filter(({ topic }) => ASKED[topic]!.length > 1).map(({ topic }) => `${topic}-`);
	const right = helped.filter((list, i) => list[0]?.id.startsWith(first[i]!)).length;
	console.info(`similar questions: the first suggestion is right for ${right} of ${helped.length}`);
	expect(right / helped.length).toBeGreaterThan(0.9);
	for (const [id, list] of suggested) expect(list.map((each) => each.id)).not.toContain(id);
});

test('nothing that asks nothing is like anything', () => {
	expect(likenessOf('???', '!!!')).toBe(0);
	expect(likenessOf('Kính thưa lãnh đạo', 'Xin hỏi ạ')).toBe(0);
});
