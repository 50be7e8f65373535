import { expect, onTestFinished, test, vi } from 'vitest';
import type { ScreenQuestions } from '$lib/domain/dialogue/question-list.ts';
import { LiveQuestion } from './live-question.svelte.ts';

const at = (version: number): ScreenQuestions => ({ version, question: null, promises: [], fresh: null });

test('what changes while the screen asks is asked for too; what the server does not have yet waits for the next frame', async () => {
	const answers: ((version: number) => void)[] = [];
	vi.stubGlobal('fetch', () => {
		return new Promise((resolve) => answers.push((version) => resolve({ ok: true, json: async () => at(version) })));
	});
	onTestFinished(() => void vi.unstubAllGlobals());
	const asked = new LiveQuestion('abcdef', at(1));
	const first = asked.learn(2);
	void asked.learn(3);
	expect(answers).toHaveLength(1);
	answers[0]!(2);
	await vi.waitFor(() => expect(answers).toHaveLength(2));
	answers[1]!(3);
	await first;
	expect([asked.now.version, answers.length]).toEqual([3, 2]);
	// A node that is behind: asked once for each frame, not for ever.
	const late = asked.learn(4);
	answers[2]!(3);
	await late;
	expect([asked.now.version, answers.length]).toEqual([3, 3]);
	await asked.learn(3);
	expect(answers).toHaveLength(3);
});
