import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean, compareNames, compareText, initials } from './text.ts';

test('people are listed by given name, then family name, then what stands between', () => {
	const names = [
		'Trần Văn Ước',
		'Nguyễn Thị Ánh',
		'Đỗ Văn Đức',
		'Nguyễn Văn An',
		'Lê Thị Dung',
		'Bùi Văn An',
		'Nguyễn Hữu An',
		'Phạm Thị Yến',
		'Hồ Thị Ân',
		'Vũ Thị Oanh'
	];
	expect(names.sort(compareNames)).toEqual([
		'Bùi Văn An',
		'Nguyễn Hữu An',
		'Nguyễn Văn An',
		'Nguyễn Thị Ánh',
		'Hồ Thị Ân',
		'Lê Thị Dung',
		'Đỗ Văn Đức',
		'Vũ Thị Oanh',
		'Trần Văn Ước',
		'Phạm Thị Yến'
	]);
});

test('the six tones stand in the Vietnamese order', () => {
	expect(['mạ', 'má', 'mã', 'mả', 'mà', 'ma'].sort(compareText)).toEqual(['ma', 'mà', 'mả', 'mã', 'má', 'mạ']);
});

test('the letters with hooks and bars stand behind their plain letter and not at the end', () => {
	const letters = ['x', 'ư', 'u', 'ơ', 'ô', 'o', 'đ', 'd', 'ê', 'e', 'â', 'ă', 'a'];
	expect(letters.sort(compareText)).toEqual(['a', 'ă', 'â', 'd', 'đ', 'e', 'ê', 'o', 'ô', 'ơ', 'u', 'ư', 'x']);
});

test('counters stand in the order of their numbers', () => {
	expect(['Quầy 10', 'Quầy 2', 'Quầy 1'].sort(compareText)).toEqual(['Quầy 1', 'Quầy 2', 'Quầy 10']);
});

test('a name of one word and two ways to encode a name compare without surprise', () => {
	expect(compareNames('Ánh', 'Nguyễn Thị Ánh')).toBeLessThan(0);
	expect(compareNames('Đỗ Thị Ánh'.normalize('NFD'), 'Đỗ Thị Ánh'.normalize('NFC'))).toBe(0);
});

test('stored text is NFC and keeps its lines and tabs', () => {
	expect(clean(' Chờ lâu\r\nquá\u0000\u0007\t!\u202E '.normalize('NFD'))).toBe('Chờ lâu\nquá\t!');
	expect(clean('\uFEFFTốt\uD800')).toBe('Tốt');
});

test('cleaning twice changes nothing more', () => {
	// Fast-check's own 'binary' strings draw up a table of every character first, which takes a second.
	const character = fc.oneof(
		fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
		fc.constantFrom(' ', '\r', '\n', '\0', '\u202E', '\uFEFF', '\uD83D', '\uDE00', 'e', '\u0302', '\u0323')
	);
	const text = fc.array(character).map((characters) => characters.join(''));
	fc.assert(
		fc.property(text, (text) => void expect(clean(clean(text))).toBe(clean(text))),
		{ numRuns: 1000 }
	);
});

test('initials are those of the family and the given name', () => {
	expect(initials('Nguyễn Thị Hoa')).toBe('NH');
	expect(initials('đỗ ánh')).toBe('ĐÁ');
	expect(initials('Hoa')).toBe('H');
	expect(initials('  ')).toBe('');
});
