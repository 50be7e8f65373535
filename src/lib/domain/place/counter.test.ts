import { expect, test } from 'vitest';
import { counterLabel } from './counter.ts';

test('a counter is called by its number and what it does, without saying "Quầy" twice', () => {
	expect(counterLabel({ number: '5', name: 'Đất đai' })).toBe('Quầy 5 · Đất đai');
	expect(counterLabel({ number: '5', name: 'Quầy 5' })).toBe('Quầy 5');
	expect(counterLabel({ number: '5', name: '' })).toBe('Quầy 5');
});
