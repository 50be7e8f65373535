import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { users } from '../../src/lib/server/db/schema/account.ts';
import { counters, organizations } from '../../src/lib/server/db/schema/place.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { newKeys } from '../../terminals/simulator/wire.ts';
import { aDistantTablet, type DistantTablet } from '../actors/distant-tablet.ts';
import { freePort } from '../actors/free-port.ts';
import { call, callRaw, pairOf, type Reply, type Sent } from '../actors/raw-http.ts';
import { startServer, type Server } from '../actors/server.ts';
import { A_PROFILE } from '../factories/place.ts';
import { aSheet } from '../factories/sheet.ts';

/** What each place is sent; recognizable however it is written, also in small letters and in an address. */
const SECRETS = {
	...{ path: 'zqpathx', query: 'zqqueryx', header: 'zqheaderx', cookie: 'zqcookiex', token: 'zqtokenx' },
	...{ comment: 'zqcommentx', login: 'zqloginx', password: 'zqpasswordx', factor: 'zqfactorx', id: 'zqidx0123456789' },
	...{ file: 'zqfilex', upload: 'zquploadx', ticket: 'ZQT1CK3TZQ77', caseCode: 'ZQC4S3Z9QX21', room: 'zqroomx' },
	...{ phone: '0987650321', words: 'zqwordsx', question: 'zqquestionx', key: 'zqkeyx', json: 'zqjsonx' },
	...{ address: '203.0.113.77', agent: 'zqagentx', pin: 'zqpinx', mail: 'zqmailx@phuong.example.vn' }
};
/** Without these nearly everything that is sent fails in the middle. */
const TAKEN_AWAY = [
	...['comment', 'sheet_comment', 'intake_ledger', 'ticket', 'citizen_request', 'citizen_case', 'dialogue'],
	...['api_key', 'collector', 'password_link', 'import_draft', 'released_count']
];
/** Long enough to be in no key that is made by chance. */
const MARKS = Object.values(SECRETS)
	.filter((secret) => /^zq/i.test(secret))
	.join('|');
const ADMINISTRATOR = { login: 'quan-tri', password: 'quan-tri-trinh-dien' };

let folder: string;
let databaseUrl: string;
let server: Server;
let tablet: DistantTablet;
let ward: string;
let names: string[];
let cookie: string;
const replies: Reply[] = [];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-log-'));
	databaseUrl = `file:${folder}/ward.db`;
	server = await startServer({
		databaseUrl,
		port: await freePort(),
		env: { DEMO: '1', DATA_DIR: folder, MARKS },
		preload: ['tests/faults/remove/errors-without-values.ts']
	});
	const { publicKey, privateKey } = newKeys();
	const db = await openDb(databaseUrl);
	const [{ id: counterId, organizationId }] = await db.select().from(counters).limit(1);
	const own = { id: 'simLog', name: 'Máy thử', publicKey: publicKey as JsonWebKey, profile: A_PROFILE, pairedAt: 0 };
	await commit(db, async (tx) => void (await tx.insert(terminals).values({ ...own, counterId, organizationId })));
	ward = organizationId;
	names = (await db.select({ name: users.name }).from(users)).map(({ name }) => name);
	names.push(...(await db.select({ name: organizations.name }).from(organizations)).map(({ name }) => name));
	await db.store.close();
	tablet = aDistantTablet(server.origin, { id: 'simLog', privateKey });
	cookie = pairOf(await send('POST', '/sign-in', { form: ADMINISTRATOR }));
	expect(cookie).not.toBe('');
});

afterAll(async () => {
	tablet?.wire.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

async function send(method: string, path: string, sent: Sent = {}): Promise<Reply> {
	const headers = {
		...{
			origin: server.origin,
			'user-agent': SECRETS.agent,
			'x-forwarded-for': SECRETS.address,
			'x-own': SECRETS.header
		},
		...{ 'x-request-id': SECRETS.id, referer: `${server.origin}/${SECRETS.path}`, 'accept-language': SECRETS.header },
		...sent.headers
	};
	const reply = await call(server.port, method, path, { ...sent, headers });
	replies.push(reply);
	return reply;
}

/** Everything of the table above, in every place that takes something. */
async function sendEverything(sequence: number) {
	const { path, query, token, comment, login, password, factor, ticket, caseCode, room } = SECRETS;
	const staff = { headers: { cookie } };
	const stranger = { headers: { cookie: `s-http=${SECRETS.cookie.padEnd(43, 'x')}; other=${SECRETS.cookie}` } };
	const json = { 'content-type': 'application/json' };
	for (const each of [
		`/${path}?${query}=${query}`,
		`/invitation/${token}`,
		`/sign-in/reset/${token}`,
		`/s/${path}?form=${token}`,
		`/live/${room}`,
		`/live/${room}/present?key=${SECRETS.key}`,
		`/case?at=${token}`,
		`/r?form=${token}&typed=${ticket}`,
		`/photos/${path}`,
		`/api/v1/live/${room}/state?pass=${token}`,
		`/api/v1/live/${room}/events?pass=${token}`,
		`/api/v1/index?from=${query}`,
		`/api/v1/${path}`
	])
		for (const who of [staff, stranger]) await send('GET', each, who);
	for (const each of ['', '/people', '/terminals', '/audit', '/requests'])
		await send('GET', `/admin${each}?q=${query}`, staff);
	await send('POST', '/sign-in', { form: { login, password } });
	await send('POST', '/sign-in/second-factor', { ...staff, form: { code: factor } });
	await send('POST', '/sign-in/forgotten', { form: { login: SECRETS.mail, email: SECRETS.mail } });
	await send('POST', '/api/v1/surveys/tickets', { form: { code: ticket, lang: 'vi' } });
	await send('POST', '/api/v1/surveys/answers', { form: { form: token, page: '1', comment } });
	await send('POST', '/case?/open', { form: { code: caseCode } });
	const request = { id: crypto.randomUUID(), text: SECRETS.words, phone: SECRETS.phone, name: SECRETS.words };
	await send('POST', `/request/${ward}`, { form: { ...request, kind: 'complaint', consent: 'on' } });
	await send('POST', `/api/v1/live/${room}/questions`, {
		headers: json,
		body: JSON.stringify({ text: SECRETS.question, pass: token })
	});
	await send('POST', '/api/v1/tickets', {
		headers: { ...json, authorization: `Bearer ${SECRETS.key}`, 'idempotency-key': SECRETS.key },
		body: `{"site": "${SECRETS.json}", ${SECRETS.json}`
	});
	const upload = [
		'--edge',
		`content-disposition: form-data; name="file"; filename="${SECRETS.file}.csv"`,
		'content-type: text/csv',
		'',
		`${SECRETS.upload};"${SECRETS.upload}`,
		'--edge--',
		''
	].join('\r\n');
	const multipart = { cookie, 'content-type': 'multipart/form-data; boundary=edge' };
	await send('POST', '/admin/import?/check', { headers: multipart, body: upload });
	await send('POST', '/admin?/pin', { ...staff, form: { pin: SECRETS.pin } });
	await callRaw(server.port, `GET /${path} HTTP/1.1\r\nhost ${SECRETS.header}\r\n\r\n`);
	const good = aSheet({ sequence, comment, answeredAt: new Date().toISOString(), dutyId: null, fieldId: null });
	for (const body of [JSON.stringify({ sheets: [good] }), `{"sheets": [${SECRETS.json}`])
		replies.push({ ...(await tablet.call('POST', '/api/v1/submissions', body)), headers: {} });
}

/** What the server printed but the lines that `npm start` is promised to print. */
const printed = () =>
	server
		.output()
		.split('\n')
		.filter((line) => line !== '' && !/^(demonstration sign-in|set-up code|ready)\b/.test(line));

interface Line {
	level: string;
	msg: string;
	requestId?: string;
	route?: string;
	status?: number;
	error?: { type: string; at?: string[] };
}

test('nothing that came with a request is in the log, whatever fails', async () => {
	await sendEverything(1);
	const repeated = replies.filter(({ status }) => status >= 500).length;
	const db = await openDb(databaseUrl);
	await db.store.transaction((_, connection) => {
		if (connection.engine === 'sqlite')
			connection.client.exec(TAKEN_AWAY.map((table) => `drop table ${table}`).join(';'));
		return Promise.resolve();
	});
	await db.store.close();
	const before = replies.length;
	await sendEverything(2);
	const failed = replies.slice(before).filter(({ status }) => status === 500);
	console.log(
		`log: ${repeated} of ${before} and ${failed.length} of ${replies.length - before} answers failed on purpose`
	);
	expect([repeated > 3, failed.length > 8]).toEqual([true, true]);
	expect(await server.stop()).toBe(0);

	const text = printed().join('\n').toLowerCase();
	const token = cookie.split('=')[1];
	for (const secret of [...Object.values(SECRETS), ...names, token, ADMINISTRATOR.password, '127.0.0.1'])
		expect(text.includes(secret.toLowerCase()), secret).toBe(false);

	const lines = printed().map((line) => JSON.parse(line) as Line);
	const errors = lines.filter(({ level }) => level === 'error');
	expect(errors.length).toBeGreaterThanOrEqual(failed.length);
	// A page that failed says in Vietnamese what to do and how its request is called.
	// The citizen's form, which is the API's, has a page of its own.
	const pages = failed.filter(
		({ headers, text: page }) =>
			/html/.test(headers['content-type'] ?? '') && !page.includes('Chưa lưu được câu trả lời')
	);
	expect(pages.length).toBeGreaterThan(3);
	for (const { text: page, headers } of pages)
		expect([page.includes(String(headers['x-request-id'])), /Mã yêu cầu/.test(page)]).toEqual([true, true]);
	// Each failure can be found by what the page says, and says where it happened.
	for (const { headers } of failed.filter((reply) => reply.headers['x-request-id'])) {
		const own = errors.find(({ requestId }) => requestId === headers['x-request-id']);
		expect([own?.error?.type, own?.route]).toEqual([expect.any(String), expect.any(String)]);
	}
	expect(errors.some(({ error }) => error?.at?.some((frame) => frame.includes('build/')))).toBe(true);

	const requests = lines.filter(({ msg }) => msg === 'request');
	expect(requests).toContainEqual(expect.objectContaining({ route: '/(admin)/admin/[[org=id]]/people', status: 200 }));
	expect(requests).toContainEqual(expect.objectContaining({ route: '/(auth)/invitation/[token]' }));
	// The time of a line would tell when somebody rated.
	const citizens = requests.filter(({ route }) => /submissions|surveys|^\/\((survey|live)\)|live/.test(route ?? ''));
	expect(citizens.filter(({ status }) => status! < 500)).toEqual([]);
});
