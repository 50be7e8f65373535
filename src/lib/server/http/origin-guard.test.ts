import { expect, test } from 'vitest';
import { judgeArrival } from './origin-guard.ts';
import { pathWithin, signInAddress } from './return-to.ts';
import { neighbourhood } from './limits.ts';

const ORIGIN = 'https://langnghe.example.vn';
const FORM = 'application/x-www-form-urlencoded';
const OWN = { host: 'langnghe.example.vn', origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'content-type': FORM };

function judge(method: string, headers: Record<string, string | null>, origin = ORIGIN) {
	const judged = judgeArrival({ method, header: (name) => headers[name] ?? null }, origin);
	return judged.kind === 'refused' ? judged.code : judged.kind;
}

test('a form of our own page is let through, with and without the newer headers', () => {
	expect(judge('POST', OWN)).toBe('welcome');
	expect(judge('POST', { ...OWN, 'sec-fetch-site': null })).toBe('welcome');
	expect(judge('POST', { ...OWN, origin: null })).toBe('welcome');
	expect(judge('POST', { ...OWN, 'content-type': 'multipart/form-data; boundary=x' })).toBe('welcome');
});

test('a form of another page is not, however it is dressed', () => {
	for (const change of [
		{ origin: 'https://evil.example' },
		{ origin: 'null' },
		{ origin: 'http://langnghe.example.vn' },
		{ origin: 'https://langnghe.example.vn.evil.example' },
		{ origin: null, 'sec-fetch-site': null },
		{ origin: null, 'sec-fetch-site': 'none' },
		{ 'sec-fetch-site': 'cross-site' },
		{ 'sec-fetch-site': 'same-site' }
	]) {
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			expect(judge(method, { ...OWN, ...change }), JSON.stringify(change)).toBe('cross-site');
		}
	}
	expect(judge('POST', { ...OWN, 'content-type': 'text/plain' })).toBe('content-type');
	expect(judge('POST', { ...OWN, 'content-type': null })).toBe('content-type');
});

test('a host that is not the public one is refused, and another name of this machine is led there', () => {
	expect(judge('GET', { host: 'evil.example' })).toBe('host-unknown');
	expect(judge('GET', {})).toBe('host-unknown');
	expect(judge('GET', { host: 'langnghe.example.vn:8080' })).toBe('host-unknown');
	expect(judge('GET', { host: 'localhost:3000' })).toBe('host-unknown');
	expect(judge('GET', { host: 'localhost:3000' }, 'http://127.0.0.1:3000')).toBe('elsewhere');
	expect(judge('POST', { ...OWN, host: 'localhost:3000' }, 'http://127.0.0.1:3000')).toBe('host-unknown');
	expect(judge('GET', { host: '127.0.0.1:41234' }, 'http://127.0.0.1:0')).toBe('welcome');
	const onAnyPort = { ...OWN, host: '127.0.0.1:41234' };
	expect(judge('POST', { ...onAnyPort, origin: 'http://127.0.0.1:41234' }, 'http://127.0.0.1:0')).toBe('welcome');
	expect(judge('POST', { ...onAnyPort, origin: 'http://127.0.0.1:9' }, 'http://127.0.0.1:0')).toBe('cross-site');
});

test('after signing in one comes back to a path of this site and to nothing else', () => {
	const within = (text: string | null) => pathWithin(text, ORIGIN, '/leader');
	expect(within('/admin/terminals?code=ABCD1234')).toBe('/admin/terminals?code=ABCD1234');
	for (const bad of [
		null,
		'',
		'https://evil.example',
		'//evil.example',
		'/\\evil.example',
		'/\t/evil.example',
		'javascript:alert(1)'
	]) {
		expect(within(bad), String(bad)).toBe('/leader');
	}
	expect(signInAddress('/admin?a=1&b=2')).toBe('/sign-in?next=%2Fadmin%3Fa%3D1%26b%3D2');
	expect(signInAddress('/')).toBe('/sign-in');
});

test('one connection is one neighbourhood, whatever of its address it can change', () => {
	expect(neighbourhood('203.0.113.7')).toBe('203.0.113');
	expect(neighbourhood('::ffff:203.0.113.9')).toBe('203.0.113');
	expect(neighbourhood('2001:db8:1:2ff::1')).toBe(neighbourhood('2001:db8:1:2aa:9:9:9:9'));
	expect(neighbourhood('2001:db8:1:2ff::1')).not.toBe(neighbourhood('2001:db8:1:3ff::1'));
	expect(neighbourhood('')).toBe('');
});
