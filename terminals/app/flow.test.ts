import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SIPAS5 } from '$lib/domain/survey/sipas5.ts';
import type { Criterion } from '$lib/domain/survey/criterion.ts';
import type { Sheet } from '$lib/domain/submission/sheet.ts';
import type { Profile } from '$lib/domain/terminal/profile.ts';
import type { TerminalConfiguration } from '$lib/domain/terminal/configuration.ts';
import { Flow } from './flow.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const hoa = { id: 'hoa', name: 'Nguyễn Thị Hoa', photo: null };

/** An outbox that notes what is on the disk at every moment. */
function anOutbox() {
	const sheets: Sheet[] = [];
	const asked: Record<Criterion, number> = { TC: 0, HC: 0, PV: 0, KQ: 0, TT: 0 };
	const sealed = new Set<string>();
	return {
		sheets,
		sealed,
		full: false,
		asked: async () => ({ ...asked }),
		async begin(draft: Omit<Sheet, 'sequence'>, state: 'open' | 'sealed', asking: readonly Criterion[]) {
			if (this.full) throw new DOMException('full', 'QuotaExceededError');
			const sheet = { ...draft, sequence: sheets.length + 1 };
			for (const criterion of asking) asked[criterion] += 1;
			sheets.push(sheet);
			if (state === 'sealed') sealed.add(sheet.id);
			return sheet;
		},
		async amend(sheet: Sheet) {
			sheets[sheets.findIndex(({ id }) => id === sheet.id)] = sheet;
		},
		async seal() {
			for (const { id } of sheets) sealed.add(id);
		}
	};
}

function aFlow(
	mode: Profile['mode'] = 'quick',
	onDuty = { dutyId: 'd1' as string | null, officer: hoa as typeof hoa | null }
) {
	const outbox = anOutbox();
	const profile = { mode, idleSeconds: 30, thanksSeconds: 4, volume: 0, opensAt: '07:00', closesAt: '17:30' };
	const configuration = { questionnaire: SIPAS5, profile, fieldId: null } as unknown as TerminalConfiguration;
	let ids = 0;
	const ports = { outbox, stamp: () => '2026-11-23T08:00:00+07:00', random: () => 0, newId: () => `id-${++ids}` };
	const begun: (string | null)[] = [];
	const flow = new Flow({ ...ports, begun: (dutyId) => begun.push(dutyId) }, configuration, onDuty);
	return { flow, outbox, configuration, begun };
}
/** Long enough for a finger to be a new tap and not half of a double one. */
const later = (ms = 600) => vi.advanceTimersByTimeAsync(ms);
const shown = (flow: Flow) => flow.step.screen;

test('in quick mode one tap is a complete answer: stored, sealed, thanked, and back at rest', async () => {
	const { flow, outbox } = aFlow();
	await later();
	await flow.choose(4);
	expect(outbox.sheets).toMatchObject([
		{ sequence: 1, dutyId: 'd1', locale: 'vi', answers: [{ itemId: 'PV', value: 4 }], reasons: [], replaces: null }
	]);
	expect([shown(flow), outbox.sealed.size]).toEqual(['thanks', 1]);
	await later(5000);
	expect([shown(flow), flow.resting]).toEqual(['question', true]);
});

test('a tablet of one language stays in it, and one that has Vietnamese rests in that', async () => {
	const { flow, configuration, outbox } = aFlow();
	const { profile } = configuration;
	const speaking = (...languages: ('vi' | 'en')[]) =>
		flow.arrange({ ...configuration, profile: { ...profile, languages } }, { dutyId: 'd1', officer: hoa });
	speaking('en');
	flow.toggleLanguage();
	expect([flow.locale, flow.bilingual, flow.resting]).toEqual(['en', false, true]);
	await later();
	await flow.choose(4);
	expect(outbox.sheets[0].locale).toBe('en');
	await later(5000);
	expect([flow.locale, flow.resting]).toEqual(['en', true]);
	speaking('en', 'vi');
	expect([flow.locale, flow.bilingual]).toEqual(['vi', true]);
	flow.toggleLanguage();
	expect([flow.locale, flow.resting]).toEqual(['en', false]);
});

test('nobody is thanked for what could not be stored', async () => {
	const { flow, outbox } = aFlow();
	outbox.full = true;
	await later();
	await flow.choose(4);
	expect(shown(flow)).toBe('trouble');
	await later(8000);
	expect(flow.resting).toBe(true);
});

test('a rotating tablet asks about the officer and one of the other four, and fills all four evenly', async () => {
	const { flow, outbox } = aFlow('rotating');
	for (let citizen = 0; citizen < 8; citizen++) {
		await later();
		await flow.choose(5);
		expect(flow.step).toMatchObject({ screen: 'question', number: 2, of: 2 });
		await later();
		await flow.choose(4);
		expect(shown(flow)).toBe('thanks');
		await later(5000);
	}
	expect(outbox.sheets).toHaveLength(8);
	expect(await outbox.asked()).toEqual({ PV: 8, TC: 2, HC: 2, KQ: 2, TT: 2 });
	for (const { answers } of outbox.sheets) expect(answers.map(({ value }) => value)).toEqual([5, 4]);
});

test('a full tablet asks all five, the officer first', async () => {
	const { flow, outbox } = aFlow('full');
	for (const score of [5, 4, 3, 4, 5] as const) {
		await later();
		await flow.choose(score);
	}
	expect(shown(flow)).toBe('thanks');
	expect(outbox.sheets[0]?.answers.map(({ itemId }) => itemId)).toEqual(['PV', 'TC', 'HC', 'KQ', 'TT']);
});

test.each([1, 2] as const)('a score of %i is followed by at most six reasons that fit, and skip', async (score) => {
	const { flow, outbox } = aFlow();
	await later();
	await flow.choose(score);
	const { step } = flow;
	if (step.screen !== 'reasons') throw new Error(step.screen);
	expect(step.reasons.length).toBeLessThanOrEqual(6);
	expect(step.reasons.every(({ criterion }) => criterion === 'PV' || criterion === null)).toBe(true);
	await later();
	await flow.chooseReason('R11');
	expect([shown(flow), outbox.sheets[0]?.reasons]).toEqual(['thanks', ['R11']]);
});

test('a score of 3 asks for no reason', async () => {
	const { flow } = aFlow();
	await later();
	await flow.choose(3);
	expect(shown(flow)).toBe('thanks');
});

test('a follow-up that does not apply is stored as not applicable', async () => {
	const { flow, outbox } = aFlow('rotating');
	await later();
	await flow.choose(5);
	await later();
	await flow.skipQuestion();
	expect(outbox.sheets[0]?.answers[1]?.value).toBeNull();
});

test('the first question cannot be skipped: nothing was said yet', async () => {
	const { flow, outbox } = aFlow();
	await later();
	await flow.skipQuestion();
	expect(outbox.sheets).toEqual([]);
});

test('who walks away after the first tap is counted: the answer is there, and the screen resets after 30 s', async () => {
	const { flow, outbox } = aFlow('rotating');
	await later();
	await flow.choose(4);
	await later(20_000);
	expect(flow.secondsLeft).toBe(10);
	await later(9_000);
	expect(flow.secondsLeft).toBe(1);
	await later(1_000);
	expect(flow.resting).toBe(true);
	expect(outbox.sheets).toMatchObject([{ answers: [{ itemId: 'PV', value: 4 }] }]);
	expect(outbox.sealed.size).toBe(1);
});

test('any touch gives the full time again', async () => {
	const { flow } = aFlow('rotating');
	await later();
	await flow.choose(4);
	await later(25_000);
	expect(flow.secondsLeft).toBe(5);
	flow.touch();
	expect(flow.secondsLeft).toBeNull();
	await later(25_000);
	expect([shown(flow), flow.resting]).toEqual(['question', false]);
});

test('a double tap answers one question, not two', async () => {
	const { flow, outbox } = aFlow('rotating');
	await later();
	await Promise.all([flow.choose(4), flow.choose(4)]);
	await flow.choose(4);
	expect(outbox.sheets[0]?.answers).toHaveLength(1);
	expect(flow.step).toMatchObject({ number: 2 });
});

test('after a visit nothing is taken for five seconds, and undo is offered for four', async () => {
	const { flow, outbox } = aFlow();
	await later();
	await flow.choose(4);
	await later(3_900);
	expect(flow.step).toEqual({ screen: 'thanks', undo: true });
	await later(200);
	expect(flow.step).toEqual({ screen: 'thanks', undo: false });
	flow.undo();
	await flow.choose(1);
	expect(outbox.sheets).toHaveLength(1);
	await later(1_000);
	expect(flow.resting).toBe(true);
});

test('chosen by mistake: the next tap is a new sheet that replaces the first', async () => {
	const { flow, outbox } = aFlow();
	await later();
	await flow.choose(1);
	await later();
	await flow.skipReasons();
	flow.undo();
	await later();
	await flow.choose(5);
	expect(outbox.sheets).toMatchObject([
		{ id: 'id-1', answers: [{ value: 1 }], replaces: null },
		{ id: 'id-2', answers: [{ value: 5 }], replaces: 'id-1' }
	]);
});

test('who undoes and walks away has said what was said first', async () => {
	const { flow, outbox } = aFlow();
	await later();
	await flow.choose(5);
	flow.undo();
	await later(30_000);
	expect(flow.resting).toBe(true);
	await later();
	await flow.choose(2);
	expect(outbox.sheets.map(({ replaces }) => replaces)).toEqual([null, null]);
});

test('not served is an outcome and no score; in the middle of a visit it replaces what was tapped', async () => {
	const { flow, outbox } = aFlow('rotating');
	await later();
	await flow.notServed();
	expect(outbox.sheets[0]).toMatchObject({ answers: [], reasons: ['X01'], replaces: null });
	await later(5_000);
	await later();
	await flow.choose(1);
	await later();
	await flow.notServed();
	expect(outbox.sheets[2]).toMatchObject({ answers: [], reasons: ['X01'], replaces: 'id-2' });
	expect(outbox.sealed.size).toBe(3);
});

test('with nobody on duty the counter is rated', async () => {
	const { flow, outbox } = aFlow('quick', { dutyId: null, officer: null });
	await later();
	await flow.choose(5);
	expect(outbox.sheets[0]?.dutyId).toBeNull();
});

test('the answer belongs to whom the citizen saw, also when the roster moves on in the middle', async () => {
	const { flow, outbox, configuration } = aFlow('rotating');
	await later();
	await flow.choose(5);
	expect(flow.arrange(configuration, { dutyId: 'd2', officer: null })).toBe(false);
	await later();
	await flow.choose(5);
	await later(5_000);
	expect(outbox.sheets[0]?.dutyId).toBe('d1');
	expect(flow.arrange(configuration, { dutyId: 'd2', officer: null })).toBe(true);
	expect(flow.onDuty.dutyId).toBe('d2');
});

test('English lasts for one visit and no longer than the idle time', async () => {
	const { flow, outbox } = aFlow();
	flow.toggleLanguage();
	expect(flow.locale).toBe('en');
	await later();
	await flow.choose(5);
	expect(outbox.sheets[0]?.locale).toBe('en');
	await later(5_000);
	expect(flow.locale).toBe('vi');
	flow.toggleLanguage();
	await later(30_000);
	expect(flow.locale).toBe('vi');
});

test('the steps after a score are the same for 3, 4 and 5, to the millisecond', async () => {
	const histories = [];
	for (const score of [3, 4, 5] as const) {
		const { flow } = aFlow();
		await later();
		await flow.choose(score);
		const history = [];
		for (let ms = 0; ms <= 6000; ms += 100) {
			history.push(JSON.stringify(flow.step));
			await later(100);
		}
		histories.push(history);
	}
	expect(histories[1]).toEqual(histories[0]);
	expect(histories[2]).toEqual(histories[0]);
});

test('whoever begins is counted once, answering or not, with the duty on the screen', async () => {
	const { flow, begun, configuration } = aFlow('full');
	await later();
	flow.touch();
	await flow.choose(5);
	for (let question = 0; question < 4; question++) {
		await later();
		flow.touch();
		await flow.choose(5);
	}
	expect(flow.step.screen).toBe('thanks');
	flow.touch();
	await later(5_000);
	expect(begun).toEqual(['d1']);
	// Somebody touches the screen, twice, and goes; a minute later somebody else.
	flow.touch();
	await later(10_000);
	flow.touch();
	await later(60_000);
	flow.arrange(configuration, { dutyId: null, officer: null });
	flow.touch();
	expect(begun).toEqual(['d1', 'd1', null]);
	flow.undo();
	await flow.notServed();
	expect(begun).toHaveLength(3);
});
