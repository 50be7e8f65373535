import { expect, test } from 'vitest';
import { draftSheets, ownQuestionnaire, type AnsweringBallot } from './sheets.ts';

const ballot = (choice: string, change: Partial<AnsweringBallot> = {}): AnsweringBallot => ({
	...{ voter: 'v1', channel: 'live-hall', suspect: false, choice },
	...change
});
const said = (rounds: Parameters<typeof draftSheets>[0]) =>
	draftSheets(rounds).map(({ voter, channel, answers }) => [voter, channel, Object.fromEntries(answers)]);
const scale = (itemId: string, ...ballots: AnsweringBallot[]) => ({
	...{ versionId: 'own', itemIds: [itemId], at: 1 },
	ballots
});

test('one voter’s answers to one questionnaire are one sheet, and what came another way is a sheet of that channel', () => {
	const paper = { channel: 'live-paper' } as const;
	expect(said([scale('C1', ballot('5')), scale('C2', ballot('3')), scale('C3', ballot('1', paper))])).toEqual([
		['v1', 'live-hall', { C1: 5, C2: 3 }],
		['v1', 'live-paper', { C3: 1 }]
	]);
});

test('nothing answered is no sheet; not applicable is an answer, but alone none', () => {
	const form = { versionId: 'form', itemIds: ['A', 'B', 'C'], at: 1 };
	const ballots = ['', 'x', '0--', '0-4', '---'].map((choice, i) => ballot(choice, { voter: `v${i}` }));
	expect(said([{ ...form, ballots }])).toEqual([['v3', 'live-hall', { A: null, C: 4 }]]);
});

test('of two rounds that ask the same the later counts, and one ballot of a burst makes the sheet doubtful', () => {
	const rounds = [scale('C1', ballot('1', { suspect: true })), scale('C1', ballot('5'))];
	expect(said(rounds)).toEqual([['v1', 'live-hall', { C1: 5 }]]);
	expect(draftSheets(rounds)[0]).toMatchObject({ suspect: true });
});

test('only the 1–5 questions of a criterion are the dialogue’s own questionnaire', () => {
	const asked = [
		{ id: '1', kind: 'single', criterion: null, text: 'Việc nào trước?' },
		{ id: '2', kind: 'scale', criterion: 'TC', text: 'Dễ tìm không?' },
		{ id: '3', kind: 'scale', criterion: null, text: 'Buổi này thế nào?' },
		{ id: '4', kind: 'scale', criterion: 'KQ', text: 'Đúng hẹn không?' }
	] as const;
	const items = ownQuestionnaire('Đối thoại', asked)!.items;
	expect(items.map(({ id, criterion, text }) => [id, criterion, text.vi])).toEqual([
		['C1', 'TC', 'Dễ tìm không?'],
		['C2', 'KQ', 'Đúng hẹn không?']
	]);
	expect(ownQuestionnaire('Đối thoại', [asked[0], asked[2]])).toBeNull();
});
