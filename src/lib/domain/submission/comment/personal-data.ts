import type { LocalText } from '../../survey/criterion.ts';

/** What in a comment could tell who wrote it, or of whom. All but names are masked before anybody decides. */
export const PERSONAL_KINDS = ['email', 'dossier', 'account', 'identity', 'phone', 'plate', 'name'] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** What stands in its place, for every reader alike. */
export const MASKS: Record<PersonalKind, string> = {
	email: '[thư điện tử]',
	dossier: '[mã hồ sơ]',
	account: '[số tài khoản]',
	identity: '[số giấy tờ]',
	phone: '[số điện thoại]',
	plate: '[biển số xe]',
	name: '[tên người]'
};

export const PERSONAL_NAMES: Record<PersonalKind, LocalText> = {
	email: { vi: 'Thư điện tử', en: 'E-mail address' },
	dossier: { vi: 'Mã hồ sơ', en: 'Dossier code' },
	account: { vi: 'Số tài khoản, số thẻ', en: 'Bank account or card' },
	identity: { vi: 'Số giấy tờ tùy thân', en: 'Number of an identity paper' },
	phone: { vi: 'Số điện thoại', en: 'Phone number' },
	plate: { vi: 'Biển số xe', en: 'Number plate' },
	name: { vi: 'Có thể là tên người', en: 'Perhaps a person’s name' }
};

/** A part of a text, by UTF-16 units, the end not included. */
export interface PersonalPart {
	kind: PersonalKind;
	start: number;
	end: number;
}

/** Between the digits of one number people write nothing, a space, a dot or a dash, sometimes two of them. */
const GAP = '[ \\t.\\-–·]{0,2}';
const digits = (least: number, most = least) => `(?:${GAP}\\d){${least},${most}}`;
const NOT_MONEY = '(?!\\s*(?:đồng|đ(?!\\p{L})|vnđ|vnd|₫|triệu|tỷ))';
/** Up to three words of what stands between "số tài khoản" and the number: a bank, a name, "là". */
const BETWEEN = '\\s*(?:\\p{L}[\\p{L}.]*\\s+){0,3}?(?:số|là)?\\s*[:=#]?\\s*';

/** The part is what the group `own` holds, or all of the pattern where it has none. In the order in which they take what they find. */
const SURE: readonly [PersonalKind, RegExp][] = [
	['email', /[\p{L}\d._%+-]+\s?(?:@|[([]at[)\]])\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu],
	['dossier', /(?<![\p{L}\d])(?:\d{3}\.\d{2}\.\d{2}\.)?[A-ZĐ]\d{2}(?:[.-]\d{1,3}){0,4}-\d{6}-\d{3,6}(?!\d)/giu],
	[
		'dossier',
		/(?<!\p{L})(?:hồ sơ|biên nhận|giấy hẹn|phiếu hẹn|hs|bn)\s*(?:có\s+)?(?:mã|số)?(?:\s+số)?\s*(?:là)?\s*[:=#]?\s*(?!\d{1,2}[/-]\d{1,2}[/-]\d{2,4})(?<own>(?=(?:[A-Z./-]*\d){5})[A-Z\d][A-Z\d./-]{3,}[A-Z\d])/giu
	],
	['account', new RegExp(`(?<!\\p{L})(?:stk|tài khoản|tk)${BETWEEN}(?<own>\\d${digits(5, 18)})(?!\\d)`, 'giu')],
	[
		'identity',
		new RegExp(
			`(?<!\\p{L})(?:cccd|cmnd|cmt|căn cước|chứng minh|định danh|hộ chiếu|passport|bhyt|bhxh|bảo hiểm|mã số thuế|mst)${BETWEEN}(?<own>[A-Z]{0,2}\\d${digits(5, 14)})(?!\\d)${NOT_MONEY}`,
			'giu'
		)
	],
	['account', /(?<!\d)\d{4}(?<gap>[ -]?)\d{4}\k<gap>\d{4}\k<gap>\d{1,7}(?!\d)/gu],
	['identity', /(?<![\d.,])0\d{2}(?:[ .-]?\d{3}){3}(?!\d)/gu],
	[
		'phone',
		new RegExp(
			`(?<![\\d+])(?:\\(?\\+?84\\)?${GAP}|\\(?0${GAP})(?:[35789]${digits(8)}|1${GAP}[2689]${digits(8)}|2\\d{1,2}\\)?${digits(7, 8)})(?!\\d)`,
			'gu'
		)
	],
	['plate', /(?<![\p{L}\d.])(?:1[1-9]|[2-9]\d)[ -]?[A-ZĐ]{1,2}\d?[ \-.]?(?:\d{3}\.?\d{2}|\d{4})(?![\d\p{L}])/gu],
	['plate', /(?<![\p{L}\d.])(?:1[1-9]|[2-9]\d)[a-zđ]{1,2}\d?-\d{3}\.?\d{2}(?![\d\p{L}])/gu],
	['identity', new RegExp(`(?<![\\d.,+])\\d{9}(?!\\d)${NOT_MONEY}`, 'giu')],
	['identity', new RegExp(`(?<![\\d.,])\\d{3} \\d{3} (?!000)\\d{3}(?!\\d)${NOT_MONEY}`, 'giu')]
];

const WORD = '\\p{Lu}\\p{Ll}+';
const FAMILY =
	'Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Mai|Đinh|Trịnh|Trương|Lâm|Đoàn|Đào|Phùng|Tô|Tạ|Cao|Lưu|Quách|Châu|Thái|Tăng|Hà|Kiều|Triệu|Vương|Nông|Lương';
/** Streets, schools and wards are named after people: they are places. */
const PLACE = '(?<!(?:đường|phố|trường|phường|xã|quận|tỉnh|chợ|ngõ|hẻm|cầu|bệnh viện|công viên|tòa nhà|chung cư)\\s+)';
const TITLE =
	'[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Ôô]ng|[Bb]à|[Ee]m|[Tt]hầy|[Đđ]ồng chí|[Cc]án bộ|[Cc]ông chức|[Nn]hân viên|[Tt]ên(?: là)?';
/** Words with which a sentence or the name of a place goes on after a title. */
const NO_NAME = '(?:Ông|Bà|Quầy|Trung|Nhà|Việt|Chứng|Hộ|Một|Tiếp)(?!\\p{L})';
const NAMES: readonly RegExp[] = [
	new RegExp(`(?<!\\p{L})(?:${TITLE})\\s+(?<own>(?!${NO_NAME})${WORD}(?:\\s+${WORD}){0,3})`, 'gu'),
	new RegExp(`${PLACE}(?<!\\p{L})(?:${FAMILY})(?:\\s+${WORD}){1,3}`, 'gu')
];

/**
 * Finds personal data in a comment, in order and never overlapping. What is sure is masked at once; names are only suggested, for a
 * person decides whether "chị Lan" is one. `officers` are the full names of those who work there.
 */
export function findPersonalData(text: string, officers: readonly string[] = []): PersonalPart[] {
	// Digits of full width have one unit each, so places stay what they are.
	const plain = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
	const parts: PersonalPart[] = [];
	const take = (kind: PersonalKind, start: number, end: number) => {
		if (!parts.some((part) => start < part.end && end > part.start)) parts.push({ kind, start, end });
	};
	for (const [kind, pattern] of SURE) {
		for (const match of plain.matchAll(pattern)) take(kind, ...spanOf(match));
	}
	for (const called of officers.flatMap(spellings)) {
		for (const { kind, start, end } of placesOf(text, called)) take(kind, start, end);
	}
	for (const pattern of NAMES) {
		for (const match of text.matchAll(pattern)) take('name', ...spanOf(match));
	}
	return parts.sort((a, b) => a.start - b.start);
}

function spanOf(match: RegExpExecArray): [number, number] {
	const own = match.groups?.own ?? match[0];
	// What is meant stands at the end of what says so.
	const start = match.index + match[0].length - own.length;
	return [start, start + own.length];
}

/** 'Nguyễn Thị Hoa' is also called 'Thị Hoa'; 'Hoa' alone is a flower. */
function spellings(name: string): string[] {
	const words = name.normalize('NFC').split(/\s+/).filter(Boolean);
	return words.length < 2 ? [] : [words.join(' '), ...(words.length > 2 ? [words.slice(-2).join(' ')] : [])];
}

const isWhole = (text: string, start: number, end: number) =>
	!/[\p{L}\d]/u.test(text.slice(Math.max(0, start - 1), start)) && !/[\p{L}\d]/u.test(text.slice(end, end + 1));

/** The text with these parts masked. */
export function maskParts(text: string, parts: readonly PersonalPart[]): string {
	let masked = '';
	let from = 0;
	for (const { kind, start, end } of parts) {
		masked += text.slice(from, start) + MASKS[kind];
		from = end;
	}
	return masked + text.slice(from);
}

/** What nobody has to ask a person about. */
export const isSure = ({ kind }: PersonalPart): boolean => kind !== 'name';

/** The text with every mention of these names masked, whole words only. */
export function maskNames(text: string, names: readonly string[]): string {
	const parts = names
		.filter((name) => name.trim() !== '')
		.flatMap((name) => placesOf(text, name))
		.sort((a, b) => a.start - b.start || b.end - a.end);
	return maskParts(
		text,
		parts.filter(({ start }, i) => !parts.slice(0, i).some((before) => start < before.end))
	);
}

function placesOf(text: string, name: string): PersonalPart[] {
	const parts: PersonalPart[] = [];
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
		if (isWhole(text, at, at + name.length)) parts.push({ kind: 'name', start: at, end: at + name.length });
	}
	return parts;
}
