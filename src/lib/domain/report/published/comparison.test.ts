import { expect, test } from 'vitest';
import { inOrder, type PublishedTable } from './comparison.ts';

const table = (id: string, year: number, method: string): PublishedTable => ({
	...{ id, organizationId: 'w1', year, changeSince: null, method, source: '', importedAt: 0, removedAt: null },
	units: []
});
const said = (tables: PublishedTable[]) =>
	inOrder(tables, { method: 'T2B-5C-v1' }).map(({ table: { id }, broken }) => `${id}${broken ? ' broken' : ''}`);

test('nothing runs on over a change of method, from the own figures to the oldest table', () => {
	const tables = [
		table('old', 2021, 'Quyết định 2640'),
		table('new', 2024, 'Quyết định 1001'),
		table('newer', 2025, 'quyết định  1001'),
		table('alike', 2025, 'T2B-5C-v1')
	];
	expect(said(tables)).toEqual(['alike', 'newer broken', 'new', 'old broken']);
	expect(said([table('new', 2024, 'Quyết định 1001')])).toEqual(['new broken']);
});
