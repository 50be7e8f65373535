import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';

/**
 * The peer that the intake is measured against: the same request on bare `node:http`, the same group commit, the same rows in kind (a
 * sheet, a ledger line, a count per item and day) and the same durability, without signature, validation, flags or a framework. It runs
 * as a process of its own: `node tests/bench/bare.ts FILE`, and sends its port to its parent.
 */
interface BareSheet extends Sheet {
	terminalId: string;
}

const db = new Database(process.argv[2]);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('cache_size = -65536');
db.exec(`
	create table sheet (organization_id text, id text, day text, shift text, channel text, site_id text, counter_id text, field_id text,
		officer_id text, version_id text, locale text, answers text, reasons text, primary key (organization_id, id)) without rowid;
	create table ledger (organization_id text, terminal_id text, sequence integer, sheet_id text, answered_at integer,
		received_at integer, primary key (organization_id, terminal_id, sequence)) without rowid;
	create table daily_count (organization_id text, day text, channel text, site_id text, counter_id text, field_id text, officer_id text,
		version_id text, item_id text, n1 integer, n2 integer, n3 integer, n4 integer, n5 integer, sheets integer,
		primary key (organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, item_id)) without rowid;
`);
// better-sqlite3 drops to NORMAL at the first write in WAL mode; a peer that is not durable would be no peer.
if (db.pragma('synchronous', { simple: true }) !== 2) db.pragma('synchronous = FULL');
db.exec(`insert into ledger values ('', '', 0, '', 0, 0)`);
if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('The bare peer is not durable');
if (db.pragma('journal_mode', { simple: true }) !== 'wal') throw new Error('The bare peer has no WAL');

const insertSheet = db.prepare('insert into sheet values (?,?,?,?,?,?,?,?,?,?,?,?,?) on conflict do nothing');
const insertLine = db.prepare('insert into ledger values (?,?,?,?,?,?) on conflict do nothing');
const addCounts = db.prepare(`insert into daily_count values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
	on conflict do update set n1 = n1 + excluded.n1, n2 = n2 + excluded.n2, n3 = n3 + excluded.n3, n4 = n4 + excluded.n4,
	n5 = n5 + excluded.n5, sheets = sheets + excluded.sheets`);

interface Waiting {
	terminalId: string;
	channel: string;
	sheets: BareSheet[];
	response: ServerResponse;
	/** A citizen's form is answered with where it leads, not with receipts. */
	isForm: boolean;
}
let waiting: Waiting[] = [];

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const isForm = request.url === '/api/v1/surveys/answers';
		const body = Buffer.concat(chunks).toString();
		const [counterId, channel] = ((request.headers['x-place'] as string | undefined) ?? '.terminal').split('.');
		const { sheets } = isForm ? sheetOfForm(body) : (JSON.parse(body) as { sheets: BareSheet[] });
		// What arrives in one turn of the loop goes into one commit.
		if (waiting.length === 0) setImmediate(commitWaiting);
		waiting.push({
			terminalId: isForm ? `t${counterId.slice(1)}` : terminalOf(request),
			channel,
			sheets,
			response,
			isForm
		});
	});
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());

const terminalOf = ({ headers }: IncomingMessage) => (headers['x-terminal'] as string).split('.', 1)[0];

/** The fields of a form as they are, with an id of its own; the seal stays closed. */
function sheetOfForm(body: string): { sheets: BareSheet[] } {
	const answers = [...new URLSearchParams(body)].flatMap(([name, value]) =>
		name.startsWith('answer.') ? [{ itemId: name.slice(7), value: Number(value) as 1 }] : []
	);
	const place = { terminalId: '', sequence: 0, dutyId: 'd000000000', fieldId: null, replaces: null };
	const said = { versionId: 'SIPAS19-v1', locale: 'vi', answers, reasons: [], comment: null };
	return { sheets: [{ id: randomUUID(), answeredAt: new Date().toISOString(), ...place, ...said }] };
}

function commitWaiting() {
	const group = waiting;
	waiting = [];
	const now = Date.now();
	db.exec('begin immediate');
	const counts = new Map<string, (string | number)[]>();
	const receipts = group.map(({ terminalId, channel, sheets }) =>
		sheets.map((sheet) => store(sheet, { terminalId, channel }, now, counts))
	);
	for (const row of counts.values()) addCounts.run(row);
	db.exec('commit');
	group.forEach(({ response, isForm }, i) => {
		if (isForm) return response.writeHead(303, { location: '/thanks', 'content-length': 0 }).end();
		const body = JSON.stringify(receipts[i]);
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
		response.end(body);
	});
}

/** Places come out of the tablet's own id here (province.ts names them alike), where the product looks them up. */
function store(
	sheet: Sheet,
	{ terminalId, channel }: Pick<Waiting, 'terminalId' | 'channel'>,
	now: number,
	counts: Map<string, (string | number)[]>
) {
	const { id, sequence, versionId, dutyId, fieldId, locale } = sheet;
	const at = Date.parse(sheet.answeredAt);
	const local = new Date(at + 7 * 3_600_000).toISOString();
	const day = local.slice(0, 10);
	const ward = terminalId.slice(6, 8).padStart(9, '0');
	const organizationId = `w${ward}`;
	const place = [`s${ward}`, `q${terminalId.slice(1)}`, fieldId ?? '', `o${dutyId!.slice(1)}`, versionId];
	const answers = sheet.answers.map(({ value }) => value ?? 0).join('');
	const shift = local.slice(11, 13) < '12' ? 'morning' : 'afternoon';
	const row = [organizationId, id, day, shift, channel, ...place, locale, answers, sheet.reasons.join(',')];
	if (insertSheet.run(row).changes === 0) return { id, status: 'duplicate' };
	if (sequence > 0) insertLine.run(organizationId, terminalId, sequence, id, at, now);

	const cut = [organizationId, day, channel, ...place];
	const key = cut.join('|');
	const rowOf = (itemId: string) => {
		let row = counts.get(key + itemId);
		if (!row) counts.set(key + itemId, (row = [...cut, itemId, 0, 0, 0, 0, 0, 0]));
		return row;
	};
	(rowOf('')[cut.length + 6] as number)++;
	sheet.answers.forEach(({ itemId, value }) => value && (rowOf(itemId)[cut.length + value] as number)++);
	return { id, status: 'stored' };
}
