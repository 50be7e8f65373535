import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ASVS, asvsLines } from '../asvs/list.ts';
import { OPEN } from '../asvs/open.ts';
import { held, type Row } from '../asvs/row.ts';
import { asvsPage } from './asvs-page.ts';
import { titlesOf } from './titles.ts';

/** What of a row does not hold: a sentence each. */
function faultsOf({ id, verdict, tests, note, readOnly }: Row): string[] {
	const unknown = tests.flatMap(({ file, name, row }) => {
		const found = name !== '' && titlesOf(file).some((title) => title.startsWith(name));
		const hasRow = row === '' || (found && readFileSync(file, 'utf8').includes(row));
		return found && hasRow ? [] : [`${id}: ${file} has no test "${name}"${row && ` with "${row}"`}`];
	});
	const isOpen = id in OPEN;
	const lacking = verdict === 'part' || verdict === 'missing';
	return [
		...unknown,
		...(verdict === 'held' && tests.length === 0 && !readOnly ? [`${id}: held, and no test shows it`] : []),
		...((readOnly || verdict === 'not applicable') && note === '' ? [`${id}: without a reason`] : []),
		...(lacking && !isOpen ? [`${id}: lacks something and is not in OPEN`] : []),
		...(isOpen && !lacking ? [`${id}: is in OPEN and lacks nothing`] : [])
	];
}

test('each row that applies is shown by tests that exist, says why it can only be read, or stands open', () => {
	expect(ASVS.flatMap(faultsOf)).toEqual([]);
	expect(Object.keys(OPEN).filter((id) => !ASVS.some((row) => row.id === id))).toEqual([]);
});

test('a row that claims a test nobody wrote, or none, is caught', () => {
	const FILE = 'architecture/asvs.test.ts';
	expect(faultsOf(held('99.1.1', 1, '', [`${FILE}#a row that claims a test nobody wrote`]))).toEqual([]);
	expect(faultsOf(held('99.1.1', 1, '', [`${FILE}#a row that claims what nobody wrote`]))).toHaveLength(1);
	expect(faultsOf(held('99.1.1', 1, '', [`${FILE}#`]))).toHaveLength(1);
	expect(faultsOf(held('99.1.1', 1, '', ['architecture/no-such.test.ts#a row']))).toHaveLength(1);
	expect(faultsOf(held('99.1.1', 1, '', []))).toHaveLength(1);
	expect(faultsOf(held('3.3.1', 1, '', [`${FILE}#a row that claims a test`]))).toEqual([
		'3.3.1: is in OPEN and lacks nothing'
	]);
	expect(faultsOf({ ...held('99.1.1', 1, '', []), verdict: 'missing' })).toHaveLength(1);
});

test('all of levels 1 and 2 stand once and in order: 70 and 183', () => {
	const order = (id: string) => id.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
	expect(ASVS.map(({ id }) => id).filter((id) => !/^\d+\.\d+\.\d+$/.test(id))).toEqual([]);
	const orders = ASVS.map(({ id }) => order(id));
	expect(orders.filter((each, i) => i > 0 && each <= orders[i - 1])).toEqual([]);
	expect(ASVS.filter(({ level }) => level === 1)).toHaveLength(70);
	expect(ASVS.filter(({ level }) => level === 2)).toHaveLength(183);
});

test('docs/asvs.md is what the list says today; `npm run asvs` writes it', () => {
	expect(readFileSync('docs/asvs.md', 'utf8')).toBe(asvsPage());
	expect(asvsLines()).toHaveLength(3 + Object.keys(OPEN).length);
});
