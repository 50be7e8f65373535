import { SaxesParser } from 'saxes';
import {
	LARGEST_LSS_BYTES,
	LSS_TABLES,
	type LssRefusal,
	type LssRow,
	type LssTables
} from '../../../domain/survey/limesurvey/tables.ts';

/** document > table > rows > row > cell is five; what lies deeper is not from LimeSurvey. */
const DEEPEST = 8;
/** Of one table: a survey of a hundred questions in five languages has half as many. */
const MOST_ROWS = 5000;

class Refused extends Error {
	readonly reason: LssRefusal;
	constructor(reason: LssRefusal) {
		super(reason);
		this.reason = reason;
	}
}

/**
 * The tables of a survey structure (.lss) as rows of texts. A document type is refused as soon as it begins: so nothing is ever fetched
 * or expanded but the five entities of XML itself, and a name the parser does not know ends the reading.
 */
export function readLss(bytes: Uint8Array): { ok: true; value: LssTables } | { ok: false; reason: LssRefusal } {
	if (bytes.length > LARGEST_LSS_BYTES) return { ok: false, reason: 'lss-too-large' };
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return { ok: false, reason: 'lss-not-xml' };
	}
	try {
		const { kind, tables } = readTables(text);
		return kind === 'Survey' ? { ok: true, value: tables } : { ok: false, reason: 'lss-not-survey' };
	} catch (failure) {
		if (failure instanceof Refused) return { ok: false, reason: failure.reason };
		throw failure;
	}
}

function readTables(text: string): { kind: string; tables: LssTables } {
	const tables = new Map<string, LssRow[]>(LSS_TABLES.map((name) => [name, []]));
	const path: string[] = [];
	let row = new Map<string, string>();
	let said = '';
	let kind = '';
	const parser = new SaxesParser();
	const refuse = (reason: LssRefusal): never => {
		throw new Refused(reason);
	};
	parser.on('error', () => refuse('lss-not-xml'));
	parser.on('doctype', () => refuse('lss-doctype'));
	parser.on('opentag', ({ name }) => {
		if (path.push(name) > DEEPEST) refuse('lss-not-survey');
		if (path.length === 4) row = new Map();
		said = '';
	});
	const hear = (more: string) => void (said += more);
	parser.on('text', hear);
	parser.on('cdata', hear);
	parser.on('closetag', () => {
		const [, table, rows, , cell] = path;
		if (path.length === 2 && table === 'LimeSurveyDocType') kind = said.trim();
		if (path.length === 5 && rows === 'rows') row.set(cell, said);
		const kept = path.length === 4 && rows === 'rows' ? tables.get(table) : undefined;
		if (kept && kept.push(row) > MOST_ROWS) refuse('lss-too-many');
		path.pop();
		said = '';
	});
	parser.write(text).close();
	return { kind, tables };
}
