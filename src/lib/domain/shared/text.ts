const collator = new Intl.Collator('vi', { numeric: true });

/** Everything that would turn a line of a report around or not print: C0/C1 controls, lone surrogates, bidi overrides, BOM. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text as it is stored: NFC, line ends '\n', nothing unprintable but newline and tab, trimmed. */
export function clean(text: string): string {
	return text.replace(/\r\n?/g, '\n').replace(UNPRINTABLE, '').normalize('NFC').trim();
}

/** What a search compares: no marks, đ as d, lower case, single spaces. 'Đỗ  Thị Ánh' → 'do thi anh'. */
export function searchKey(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Vietnamese alphabetical order of any text, numbers by value: 'Quầy 2' before 'Quầy 10'. */
export function compareText(a: string, b: string): number {
	return collator.compare(a.normalize('NFC'), b.normalize('NFC'));
}

/** Order of people: given name (the last word), then family name (the first), then what stands between. */
export function compareNames(a: string, b: string): number {
	const left = nameParts(a);
	const right = nameParts(b);
	return (
		compareText(left.given, right.given) ||
		compareText(left.family, right.family) ||
		compareText(left.middle, right.middle)
	);
}

/** For a card without a photo: family and given name, 'Nguyễn Thị Hoa' → 'NH'. */
export function initials(name: string): string {
	const { family, given } = nameParts(name);
	return [family, given].map((part) => [...part][0]?.toLocaleUpperCase('vi') ?? '').join('');
}

function nameParts(name: string): { family: string; middle: string; given: string } {
	const words = name.normalize('NFC').trim().split(/\s+/);
	const given = words.pop() ?? '';
	const family = words.shift() ?? '';
	return { family, middle: words.join(' '), given };
}
