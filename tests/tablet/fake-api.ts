// A server for developing the tablet and for its browser tests: keeps everything in memory, serves the built program, checks
// every signature. `npx node tests/tablet/fake-api.ts 4100` starts it by hand; a pairing is then approved after three seconds.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseSignatureHeader, SIGNATURE_HEADER, signedText } from '../../src/lib/domain/terminal/signature.ts';
import type { DutyChange, Heartbeat, TerminalConfiguration } from '../../src/lib/domain/terminal/configuration.ts';
import type { Receipt, Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { FILE_POLICY } from '../../src/lib/server/http/head-lines.ts';
import { aConfiguration } from './configuration.ts';

const STATIC = new URL('../../static', import.meta.url).pathname;
const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.woff2': 'font/woff2',
	'.webmanifest': 'application/manifest+json'
};
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const PAIRING_CODE = 'K7QM2XPD';

/** What the server was sent, and how it is to behave; a test changes it while it runs. */
export class FakeApi {
	configuration: TerminalConfiguration = aConfiguration();
	approve: 'never' | 'at-once' = 'at-once';
	pairingExpires = false;
	/** null: works; a number: answers so; 'drop': takes the sheets and closes the connection without an answer. */
	trouble: null | number | 'drop' = null;
	troubleCode = 'busy';
	revoked = false;
	/** A revoked tablet may hand its queue over. */
	rescue = false;
	readonly rescued: Sheet[] = [];
	quarantine: (sheet: Sheet) => string | null = () => null;
	readonly sheets = new Map<string, Sheet>();
	readonly bodies: { length: number; sheets: Sheet[] }[] = [];
	readonly duties: DutyChange[] = [];
	readonly heartbeats: Heartbeat[] = [];
	readonly calls: string[] = [];
	clockAheadMs = 0;
	/** Files that are served changed, by address. */
	readonly replaced = new Map<string, (text: string) => string>();
	#publicKey: JsonWebKey | null = null;
	#server = createServer((request, response) => void this.#answer(request, response).catch(() => response.destroy()));
	origin = '';
	#program: string;

	/** `program`: the folder of a built tablet program. */
	constructor(program = `${STATIC}/terminal`) {
		this.#program = program;
	}

	async listen(port = 0): Promise<this> {
		await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
		const address = this.#server.address();
		this.origin = `http://localhost:${typeof address === 'object' && address ? address.port : port}`;
		return this;
	}

	/** Remembers the tablet that another one has paired, as a server that was away does. */
	knows(earlier: FakeApi) {
		this.#publicKey = earlier.#publicKey;
	}

	async close() {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #answer(request: IncomingMessage, response: ServerResponse) {
		const path = new URL(request.url ?? '/', 'http://localhost').pathname;
		response.setHeader('date', new Date(this.#now()).toUTCString());
		if (!path.startsWith('/api/')) return this.#file(path, response);
		this.calls.push(`${request.method} ${path}`);
		const body = await text(request);
		if (path === '/api/v1/terminals/pairings')
			return this.#pair(JSON.parse(body) as { publicKey: JsonWebKey }, response);
		if (path.startsWith('/api/v1/terminals/pairings/')) return send(response, 200, this.#pairingState());
		const problem = await this.#checkSignature(request, path, body);
		if (problem === 'terminal-revoked' && this.rescue && path === '/api/v1/terminals/rescue')
			return this.#rescueFrom(body, response);
		if (problem)
			return send(response, problem === 'terminal-revoked' ? 403 : 401, { code: problem, message: 'Không nhận.' });
		if (typeof this.trouble === 'number') {
			response.setHeader('retry-after', '1');
			return send(response, this.trouble, { code: this.troubleCode, message: 'Xin thử lại sau.' });
		}
		if (path === '/api/v1/terminals/configuration') return this.#configure(request, response);
		if (path === '/api/v1/terminals/heartbeat') {
			this.heartbeats.push(JSON.parse(body) as Heartbeat);
			return send(response, 200, { serverTime: this.#time(), revision: this.configuration.revision });
		}
		if (path === '/api/v1/terminals/duties') {
			this.duties.push(...(JSON.parse(body) as { duties: DutyChange[] }).duties);
			return void response.writeHead(204).end();
		}
		if (path === '/api/v1/submissions') return this.#take(body, response);
		return send(response, 404, { code: 'unknown', message: 'Không có.' });
	}

	#pair({ publicKey }: { publicKey: JsonWebKey }, response: ServerResponse) {
		this.#publicKey = publicKey;
		const expiresAt = new Date(this.#now() + 600_000).toISOString();
		const approveUrl = `${this.origin}/admin/terminals?code=${PAIRING_CODE}`;
		send(response, 201, { code: PAIRING_CODE, approveUrl, expiresAt, ...QR });
	}

	#pairingState() {
		if (this.pairingExpires) return { state: 'expired' };
		return this.approve === 'at-once' ? { state: 'approved', terminalId: 't-fake' } : { state: 'waiting' };
	}

	async #checkSignature(request: IncomingMessage, path: string, body: string): Promise<string | null> {
		const header = parseSignatureHeader(String(request.headers[SIGNATURE_HEADER] ?? ''));
		if (!header || !this.#publicKey || header.terminalId !== 't-fake') return 'terminal-unknown';
		const key = await crypto.subtle.importKey('jwk', this.#publicKey, ECDSA, false, ['verify']);
		const signed = new TextEncoder().encode(signedText(request.method ?? '', path, header.at, body));
		const good = await crypto.subtle.verify(ECDSA, key, Buffer.from(header.signature, 'base64url'), signed);
		if (!good) return 'signature-wrong';
		return this.revoked ? 'terminal-revoked' : null;
	}

	#configure(request: IncomingMessage, response: ServerResponse) {
		const etag = `"${this.configuration.revision}"`;
		response.setHeader('etag', etag);
		if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
		send(response, 200, { ...this.configuration, serverTime: this.#time() });
	}

	#take(body: string, response: ServerResponse) {
		const { sheets } = JSON.parse(body) as { sheets: Sheet[] };
		this.bodies.push({ length: Buffer.byteLength(body), sheets });
		const receipts = sheets.map((sheet) => this.#receipt(sheet));
		if (this.trouble === 'drop') return void response.destroy();
		send(response, 200, receipts);
	}

	#rescueFrom(body: string, response: ServerResponse) {
		if (!body) return send(response, 200, { until: this.#time(), serverTime: this.#time() });
		const { sheets } = JSON.parse(body) as { sheets: Sheet[] };
		this.rescued.push(...sheets);
		send(
			response,
			200,
			sheets.map(({ id }) => ({ id, status: 'quarantined', code: 'rescued' }))
		);
	}

	#receipt(sheet: Sheet): Receipt {
		const code = this.quarantine(sheet);
		if (code) return { id: sheet.id, status: 'quarantined', code };
		const status = this.sheets.has(sheet.id) ? 'duplicate' : 'stored';
		this.sheets.set(sheet.id, sheet);
		return { id: sheet.id, status };
	}

	async #file(path: string, response: ServerResponse) {
		const name = path === '/terminal/' ? '/terminal/index.html' : path;
		const address = name.startsWith('/terminal/') ? this.#program + name.slice('/terminal'.length) : STATIC + name;
		const file = name.includes('..') ? null : await readFile(address).catch(() => null);
		if (!file) return void response.writeHead(404).end();
		response.setHeader('content-security-policy', FILE_POLICY);
		response.writeHead(200, {
			'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
			'cache-control': 'no-cache'
		});
		response.end(this.replaced.get(path)?.(file.toString()) ?? file);
	}

	#now() {
		return Date.now() + this.clockAheadMs;
	}
	#time() {
		return new Date(this.#now()).toISOString();
	}
}

function send(response: ServerResponse, status: number, value: unknown) {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function text(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString('utf8');
}

// Not a readable QR, only something that looks like one: the real server draws the real one.
const QR = { size: 29, qr: pattern(29) };
function pattern(size: number): string {
	const cells: string[] = [];
	for (let y = 0; y < size; y++) {
		for (let x = 0; x < size; x++) if ((x * 7 + y * 11 + ((x * y) % 5)) % 3 === 0) cells.push(`M${x} ${y}h1v1h-1z`);
	}
	return cells.join('');
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
	const api = await new FakeApi().listen(Number(process.argv[2] ?? 4100));
	api.approve = 'never';
	setInterval(() => (api.approve = 'at-once'), 3000);
	console.log(`ready ${api.origin}/terminal/  (PIN 2468)`);
}
