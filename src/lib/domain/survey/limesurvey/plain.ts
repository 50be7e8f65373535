import { clean } from '../../shared/text.ts';

/** What of one text is read at all. */
const LONGEST = 20_000;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of a text that was written as HTML: no tags, no scripts or styles, one blank between words. */
export function plain(html: string): string {
	const heard: string[] = [];
	let hidden = '';
	for (const part of html.slice(0, LONGEST).split(/(<[^<>]*>)/)) {
		const tag = /^<(\/?)([a-z][a-z0-9]*)[^<>]*>$/i.exec(part);
		const name = tag?.[2].toLowerCase() ?? '';
		if (hidden !== '') {
			if (tag?.[1] === '/' && name === hidden) hidden = '';
		} else if (name === 'script' || name === 'style') hidden = tag?.[1] === '/' ? '' : name;
		else if (tag) heard.push(SPACED.has(name) ? ' ' : '');
		else if (!/^<!?--/.test(part)) heard.push(part);
	}
	return clean(heard.join('').replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,6});/gi, entity)).replace(/\s+/g, ' ');
}

/** Between which there is a gap on the screen. */
const SPACED = new Set(['p', 'br', 'div', 'li', 'ul', 'ol', 'td', 'th', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

function entity(whole: string, name: string): string {
	if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
	const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
	return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
