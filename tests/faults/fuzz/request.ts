import { oneOf, type Random } from '../../../terminals/simulator/random.ts';
import { garbled, mutated } from '../mutate.ts';
import type { Form } from './forms.ts';

/** One request as it goes over the wire. `raw`: bytes that no client library would send, with nothing added to them. */
export interface FuzzRequest {
	/** Who asks: a name for the report. */
	as: string;
	method: string;
	path: string;
	headers: Record<string, string>;
	body: Buffer | null;
	raw: Buffer | null;
}

/** Where to begin: something that is asked in earnest. */
export interface Target {
	as: string;
	cookie: string | null;
	method: string;
	path: string;
	form: Record<string, string> | null;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE'] as const;
const TYPES = [
	...['application/x-www-form-urlencoded', 'application/json', 'text/plain', 'multipart/form-data; boundary=x'],
	...['APPLICATION/JSON; charset=utf-16', 'multipart/form-data', 'application/json; charset=', 'x', 'text/html'],
	...[
		'application/x-sveltekit-formdata',
		'application/octet-stream',
		'multipart/form-data; boundary=' + '-'.repeat(300)
	]
] as const;
const TEXTS = [
	...['', ' ', '0', '-1', '1e999', 'NaN', '%00', '\u0000', '\ud800', '\u202e', 'á'.normalize('NFD'), '😀'.repeat(50)],
	...['__proto__', 'constructor', '../../etc/passwd', "' or 1=1 --", '<script>alert(1)</script>', '{{7*7}}', '${7*7}'],
	...['9999-12-31', '0000-00-00', '2026-02-30', '99:99', '7h30', '1,5', '1;2;3;4', '=1+1', 'x'.repeat(5_000)],
	...['9007199254740993', '٣', 'null', '[]', '{"a":1}', '\r\nset-cookie: a=b', 'a\nb\nc', '2026-11-29T25:61:61Z']
] as const;
const HEADERS: readonly (readonly [string, string])[] = [
	...([
		['origin', 'null'],
		['origin', 'http://evil.example'],
		['host', 'evil.example'],
		['host', '[::1']
	] as const),
	...([
		['cookie', 's-http='],
		['cookie', '=; =; ;;;'],
		['cookie', `s-http=${'A'.repeat(4000)}`]
	] as const),
	...([
		['accept', ''],
		['accept', '*/*;q=x'],
		['accept-language', 'x'.repeat(900)],
		['accept-encoding', 'br;q=2,,']
	] as const),
	...([
		['range', 'bytes=0-,5-1,-9999999'],
		['if-none-match', '"'],
		['if-modified-since', 'yesterday']
	] as const),
	...([
		['content-encoding', 'gzip'],
		['expect', 'the-unexpected'],
		['x-forwarded-for', ',,%00,'],
		['x-t', '...']
	] as const),
	...([
		['x-sveltekit-action', 'true'],
		['x-sveltekit-invalidated', 'zz'],
		['authorization', 'Bearer \u00ff']
	] as const),
	...([
		['sec-fetch-site', 'cross-site'],
		['referer', 'x:\\\\'],
		['upgrade', 'h2c'],
		['x-forwarded-proto', 'javascript']
	] as const),
	...([
		['last-event-id', '-1'],
		['accept', 'text/event-stream'],
		['traceparent', '00-0']
	] as const)
];
const TAILS = [
	'',
	'/',
	'/__data.json',
	'.html',
	'/%2e%2e/%2e%2e/',
	'%00',
	'/%ff',
	';a=b',
	'//',
	'/..;/',
	'%20',
	'/-1',
	'?'
] as const;

/** A request near the target, wrong in some way; one in ten as it is. `forms` are what pages have shown to the same person. */
export function attack(random: Random, origin: string, target: Target, forms: readonly Form[]): FuzzRequest {
	const found = forms.length > 0 && random() < 0.5 ? oneOf(random, forms) : null;
	const form = found ? { ...found.fields } : target.form;
	let [method, path] = found ? [found.method, found.action] : [target.method, target.path];
	const headers: Record<string, string> = {
		...{ origin, accept: oneOf(random, ['text/html', 'application/json', '*/*']) },
		...(target.cookie !== null && { cookie: target.cookie })
	};
	const honest = random() < 0.1;
	if (!honest && random() < 0.15) method = oneOf(random, METHODS);
	if (!honest && random() < 0.4) path = bent(random, path);
	let body: Buffer | null = null;
	if (!['GET', 'HEAD'].includes(method)) {
		const json = path.startsWith('/api/') || (!honest && random() < 0.05);
		headers['content-type'] = json ? 'application/json' : 'application/x-www-form-urlencoded';
		if (random() < 0.5) headers['x-sveltekit-action'] = 'true';
		body = Buffer.from(bodyOf(random, form ?? {}, json, honest));
		if (!honest && random() < 0.1) headers['content-type'] = oneOf(random, TYPES);
	}
	if (!honest && random() < 0.25) {
		const [name, value] = oneOf(random, HEADERS);
		headers[name] = value;
	}
	const request = { as: target.as, method, path, headers, body, raw: null };
	return !honest && random() < 0.08 ? { ...request, raw: broken(random, origin, request) } : request;
}

function bodyOf(random: Random, form: Record<string, string>, json: boolean, honest: boolean): string {
	if (json) {
		const how = honest ? 1 : random();
		if (how < 0.1) return '['.repeat(50_000);
		if (how < 0.15)
			return JSON.stringify({ ...form, deep: JSON.parse('{"a":'.repeat(3000) + '1' + '}'.repeat(3000)) as unknown });
		if (how < 0.3) return garbled(random, JSON.stringify({ ...form, a: ['b'] }));
		return JSON.stringify(how < 1 ? mutated(random, { ...form, items: [{ id: 'x', value: 5 }] }) : form) ?? '';
	}
	const fields = Object.entries(form);
	if (!honest) {
		for (const field of fields) if (random() < 0.3) field[1] = oneOf(random, TEXTS);
		if (random() < 0.15) fields.push([oneOf(random, TEXTS), oneOf(random, TEXTS)]);
		if (random() < 0.1 && fields.length > 0) fields.push(oneOf(random, fields));
		if (random() < 0.1) fields.splice(Math.floor(random() * fields.length), 1);
		if (random() < 0.02) for (let i = 0; i < 3_000; i++) fields.push([`f${i}`, 'x']);
	}
	const text = fields.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
	return !honest && random() < 0.1 ? garbled(random, text || 'a=b') : text;
}

/** Also of halves of characters, which encodeURIComponent refuses. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed());

/** The address with a part of it exchanged, a parameter more or less, or a tail. */
function bent(random: Random, path: string): string {
	const [address, query = ''] = path.split(/\?(.*)/s);
	const how = random();
	if (how < 0.3) {
		const parts = address.split('/');
		parts[1 + Math.floor(random() * Math.max(1, parts.length - 1))] = encoded(oneOf(random, TEXTS));
		return `${parts.join('/')}?${query}`;
	}
	if (how < 0.5) return address + oneOf(random, TAILS) + (query && `?${query}`);
	const parameters = [...new URLSearchParams(query)];
	for (const parameter of parameters) if (random() < 0.4) parameter[1] = oneOf(random, TEXTS);
	if (random() < 0.6) parameters.push([oneOf(random, PARAMETERS), oneOf(random, TEXTS)]);
	return `${address}?${parameters.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`;
}

const PARAMETERS = [
	...[
		'org',
		'by',
		'from',
		'to',
		'preset',
		'page',
		'sort',
		'version',
		'at',
		'done',
		'week',
		'day',
		'q',
		'site',
		'counter'
	],
	...['channel', 'month', 'only', 'state', '__proto__', 'constructor[prototype]', '/default', '/apply', 'next', 'code']
] as const;

/** Bytes on the wire that are no request, or only the beginning of one. */
function broken(
	random: Random,
	origin: string,
	{ method, path, headers, body }: Omit<FuzzRequest, 'raw' | 'as'>
): Buffer {
	const plain = Object.entries({ host: new URL(origin).host, ...headers })
		.filter(([, value]) => !/[\r\n]/.test(value))
		.map(([name, value]) => `${name}: ${value}`);
	const head = (more: string[], line = `${method} ${path.replaceAll(/[\s]/g, '')} HTTP/1.1`) =>
		[line, ...plain, ...more, 'connection: close', '', ''].join('\r\n');
	const text = body?.toString('latin1') ?? 'x';
	const kinds = [
		() =>
			head(['transfer-encoding: chunked']) + `${oneOf(random, ['zz', '-1', 'ffffffffffffffff', '5', ''])}\r\n${text}`,
		() => head(['transfer-encoding: chunked']) + `5;${'x'.repeat(2000)}\r\nhello\r\n0\r\n\r\n`,
		() => head(['transfer-encoding: chunked', 'content-length: 3']) + '0\r\n\r\n',
		() => head([`content-length: ${oneOf(random, ['-1', '1e3', '99999999999999999999', 'x', '3, 4'])}`]) + text,
		() => head([], `${method} ${path}\u0000 HTTP/1.1`),
		() => head([], `${method} ${oneOf(random, ['*', 'http://x/', '//', '\\\\x', '%', '?'])} HTTP/1.1`),
		() =>
			head(
				[],
				`${oneOf(random, ['GE T', '', 'G\u0000T', 'PRI *'])} ${path} HTTP/${oneOf(random, ['1.1', '0.9', '2.0', '9'])}`
			),
		() => head([`x-${'y'.repeat(20_000)}: z`]),
		() => head(Array.from({ length: 300 }, (_, i) => `h${i}: ${i}`)),
		() => head(['host: second.example', 'x: \u0001\u0002']),
		() => head([]).replaceAll('\r\n', '\n'),
		() => head([]).slice(0, Math.floor(random() * 80))
	];
	return Buffer.from(oneOf(random, kinds)(), 'latin1');
}
