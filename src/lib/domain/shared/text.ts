const collator = new Intl.Collator('vi', { numeric: true });

/** Everything that would turn a line of a report around or not print: C0/C1 controls, lone surrogates, bidi overrides, BOM. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text as it is stored: NFC, line ends '\n', nothing unprintable but newline and tab, trimmed. */
export function clean(text: string): string {
	return text.replace(/\r\n?/g, '\n').replace(UNPRINTABLE, '').normalize('NFC').trim();
}

/** Vietnamese alphabetical order of any text, numbers by value: 'Quầy 2' before 'Quầy 10'. */
export function compareText(a: string, b: string): number {
	return collator.compare(a.normalize('NFC'), b.normalize('NFC'));
}

/** Order of people: given name (the last word), then family name (the first), then what stands between. */
export function compareNames(a: string, b: string): number {
	return compareParts(nameParts(a), nameParts(b));
}

/** The list in the order of people's names; each name is taken apart once, which is what makes a thousand officers quick. */
export function sortByPerson<Each>(list: readonly Each[], nameOf: (each: Each) => string): Each[] {
	const named = list.map((each) => ({ each, name: nameParts(nameOf(each)) }));
	return named.sort((a, b) => compareParts(a.name, b.name)).map(({ each }) => each);
}

/** For a card without a photo: family and given name, 'Nguyễn Thị Hoa' → 'NH'. */
export function initials(name: string): string {
	const { family, given } = nameParts(name);
	return [family, given].map((part) => [...part][0]?.toLocaleUpperCase('vi') ?? '').join('');
}

interface NameParts {
	family: string;
	middle: string;
	given: string;
}

function compareParts(a: NameParts, b: NameParts): number {
	return (
		collator.compare(a.given, b.given) || collator.compare(a.family, b.family) || collator.compare(a.middle, b.middle)
	);
}

function nameParts(name: string): NameParts {
	const words = name.normalize('NFC').trim().split(/\s+/);
	const given = words.pop() ?? '';
	const family = words.shift() ?? '';
	return { family, middle: words.join(' '), given };
}
