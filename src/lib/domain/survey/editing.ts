import { clean } from '../shared/text.ts';
import { CRITERIA, type Criterion, type Texts } from './criterion.ts';
import { DEMOGRAPHICS, type DemographicId } from './demographics.ts';
import { LANGUAGE, LIMITS } from './publishing.ts';
import type { Gate, Item, QuestionnaireContent, Reason } from './questionnaire.ts';
import { SCALES, type ScaleId, type Score } from './scale.ts';

/** A draft may hold a little more than can be published, so that nothing that was typed is lost before it is told. */
const MOST_ROWS = 2 * LIMITS.items;

type Fields = Iterable<readonly [string, unknown]>;

/**
 * The questionnaire that the editor's form holds, on the server when it is sent and in the browser while it is typed. Rows are
 * numbered in the names of their fields ('items.3.text.vi') and stand in that order; what is no field of ours is left out.
 */
export function contentOf(fields: Fields): QuestionnaireContent {
	const values = new Map<string, string[]>();
	for (const [name, value] of fields) {
		if (typeof value !== 'string') continue;
		const own = values.get(name);
		if (own) own.push(value);
		else values.set(name, [value]);
	}
	const ask = (name: string) => clean(values.get(name)?.at(-1) ?? '');
	const all = (name: string) => values.get(name) ?? [];
	const languages = languagesOf(all('language'));
	const textsOf = (path: string): Texts => {
		const others = languages.slice(1).map((language) => [language, ask(`${path}.${language}`)] as const);
		return { vi: ask(`${path}.vi`), ...Object.fromEntries(others.filter(([, text]) => text !== '')) };
	};
	const rows = (list: string) => {
		const places = [...values.keys()].flatMap((name) => name.match(new RegExp(`^${list}\\.(\\d{1,3})\\.`))?.[1] ?? []);
		const ordered = [...new Set(places)].sort((a, b) => Number(a) - Number(b));
		return ordered.slice(0, MOST_ROWS).map((place) => `${list}.${place}`);
	};
	const introduction = textsOf('introduction');
	return {
		title: textsOf('title'),
		...(Object.values(introduction).some((text) => text !== '') && { introduction }),
		languages,
		items: rows('items').map((row): Item => {
			const scale = (Object.keys(SCALES) as ScaleId[]).find((known) => known === ask(`${row}.scale`));
			return {
				id: ask(`${row}.id`),
				criterion: criterionOf(ask(`${row}.criterion`)),
				text: textsOf(`${row}.text`),
				...(scale && scale !== 'satisfaction' && { scale }),
				...(ask(`${row}.notApplicable`) !== 'yes' && { notApplicable: false })
			};
		}),
		reasons: rows('reasons').map((row): Reason => {
			return {
				code: ask(`${row}.code`),
				criterion: criterionOf(ask(`${row}.criterion`)),
				text: textsOf(`${row}.text`)
			};
		}),
		reasonsUpTo: ([0, 1, 2, 3] as const satisfies (Score | 0)[]).find((n) => String(n) === ask('reasonsUpTo')) ?? 2,
		comment: ask('comment') === 'yes',
		gates: rows('gates').map((row): Gate => {
			return { id: ask(`${row}.id`), text: textsOf(`${row}.text`), skips: [...new Set(all(`${row}.skips`))] };
		}),
		demographics: (Object.keys(DEMOGRAPHICS) as DemographicId[]).filter((id) => all('demographics').includes(id))
	};
}

function languagesOf(named: readonly string[]): string[] {
	const others = named.filter((language) => LANGUAGE.test(language) && language !== 'vi');
	return ['vi', ...new Set(others)].slice(0, LIMITS.languages);
}

const criterionOf = (text: string): Criterion | null => CRITERIA.find((known) => known === text) ?? null;

/** The content with what has a default said out, as the form has it. */
export function filledOut(content: QuestionnaireContent): QuestionnaireContent {
	const spoken = [content.title, ...content.items.map(({ text }) => text)].flatMap((texts) => Object.keys(texts));
	const languages = languagesOf(content.languages ?? spoken);
	return { reasonsUpTo: 2, comment: true, gates: [], demographics: [], ...content, languages };
}

/** What a button of the form does: 'item-up:3', 'reason-add', 'language-remove:en'. `named` is what stands in the field beside it. */
export function edited(content: QuestionnaireContent, doing: string, named = ''): QuestionnaireContent {
	const [what, at = ''] = doing.split(':');
	const place = /^\d{1,3}$/.test(at) ? Number(at) : -1;
	const { items, reasons, gates = [], languages = ['vi'] } = content;
	switch (what) {
		case 'item-up':
			return { ...content, items: swapped(items, place - 1) };
		case 'item-down':
			return { ...content, items: swapped(items, place) };
		case 'item-add': {
			const criterion = criterionOf(named);
			const item = { id: freshId(items, criterion ?? 'Q'), criterion, text: { vi: '' } };
			return items.length < LIMITS.items ? { ...content, items: [...items, item] } : content;
		}
		case 'item-remove': {
			const gone = items[place]?.id;
			const left = gates.map((gate) => ({ ...gate, skips: gate.skips.filter((id) => id !== gone) }));
			return { ...content, items: items.toSpliced(place, place < 0 ? 0 : 1), gates: left };
		}
		case 'reason-add': {
			const codes = reasons.map(({ code }) => ({ id: code }));
			const reason = { code: freshId(codes, 'L'), criterion: criterionOf(named), text: { vi: '' } };
			return reasons.length < LIMITS.reasons ? { ...content, reasons: [...reasons, reason] } : content;
		}
		case 'reason-remove':
			return { ...content, reasons: reasons.toSpliced(place, place < 0 ? 0 : 1) };
		case 'gate-add': {
			const gate = { id: freshId(gates, 'gate'), text: { vi: '' }, skips: [] };
			return gates.length < LIMITS.gates ? { ...content, gates: [...gates, gate] } : content;
		}
		case 'gate-remove':
			return { ...content, gates: gates.toSpliced(place, place < 0 ? 0 : 1) };
		case 'language-add':
			return { ...content, languages: languagesOf([...languages, named.trim().toLowerCase()]) };
		case 'language-remove':
			return { ...content, languages: languages.filter((language) => language === 'vi' || language !== at) };
		default:
			return content;
	}
}

/** The list with what stands at a place and after it changed about. */
function swapped<Each>(list: readonly Each[], place: number): Each[] {
	if (place < 0 || place + 1 >= list.length) return [...list];
	return list.toSpliced(place, 2, list[place + 1]!, list[place]!);
}

function freshId(taken: readonly { id: string }[], begin: string): string {
	for (let n = 1; ; n++) if (!taken.some(({ id }) => id === `${begin}${n}`)) return `${begin}${n}`;
}
