/** Text as it is searched: without marks, đ as d, lower case: 'Đức' → 'duc'. */
export function searchKey(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** Whether every word of the query stands somewhere in the text, marks and case aside; an empty query finds everything. */
export function matches(text: string, query: string): boolean {
	const key = searchKey(text);
	return searchKey(query)
		.split(/\s+/)
		.every((word) => key.includes(word));
}

export interface PageOf<Each> {
	rows: Each[];
	/** 1, 2, 3 …; never beyond the last. */
	page: number;
	pages: number;
	/** Rows on all pages. */
	total: number;
}

/** One page of a list; what is no page number is the first page, what is beyond the last is the last. */
export function pageOf<Each>(list: readonly Each[], asked: string | null, size = 50): PageOf<Each> {
	const pages = Math.max(1, Math.ceil(list.length / size));
	const wanted = /^\d{1,6}$/.test(asked ?? '') ? Number(asked) : 1;
	const page = Math.min(Math.max(1, wanted), pages);
	return { rows: list.slice((page - 1) * size, page * size), page, pages, total: list.length };
}
