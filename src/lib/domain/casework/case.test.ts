import { expect, test } from 'vitest';
import { CASE_STATES, judgeRating, mayMove, MOVE_NAMES, showCaseNumber } from './case.ts';

test('what may be done in which state', () => {
	const open = Object.fromEntries(
		CASE_STATES.map((state) => [state, MOVE_NAMES.filter((move) => mayMove(state, move)).join(' ')])
	);
	const always = 'note call-back classify';
	expect(open).toEqual({
		new: `forward refuse ${always}`,
		forwarded: `forward take ask answer refuse ${always}`,
		processing: `forward ask answer refuse ${always}`,
		waiting: `supplement refuse ${always}`,
		answered: `publish keep-private reopen ${always}`,
		published: `unpublish reopen ${always}`,
		refused: `reopen ${always}`
	});
});

test('a dissatisfied rating takes a case up again, once; a rating counts once an answer', () => {
	const answered = { state: 'answered', rating: null, reopened: 0 } as const;
	expect(judgeRating(answered, 2)).toEqual({ ok: true, value: { reopens: true } });
	expect(judgeRating(answered, 3)).toEqual({ ok: true, value: { reopens: false } });
	expect(judgeRating({ ...answered, reopened: 1 }, 1)).toEqual({ ok: true, value: { reopens: false } });
	expect(judgeRating({ ...answered, rating: 5 }, 1)).toEqual({ ok: false, reason: 'rated-already' });
	expect(judgeRating({ ...answered, state: 'processing' }, 1)).toEqual({ ok: false, reason: 'not-answered' });
	expect(judgeRating(answered, 6)).toEqual({ ok: false, reason: 'score-wrong' });
});

test('a number is said in four digits, and in more where there are more', () => {
	expect(showCaseNumber({ year: 2026, seq: 12 })).toBe('2026-0012');
	expect(showCaseNumber({ year: 2026, seq: 12_345 })).toBe('2026-12345');
});
