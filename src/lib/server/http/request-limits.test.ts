import { expect, test } from 'vitest';
import { bodyLimitOf, judgeSize, LARGEST_BODY } from './request-limits.ts';

const KIB = 1024;

function judge(method: string, target: string, headers: Record<string, string> = {}) {
	return judgeSize({ method, target, header: (name) => headers[name] });
}

test('a form is small, a list and a photo may be larger, each only where it belongs', () => {
	expect(bodyLimitOf('/sign-in')).toBe(64 * KIB);
	expect(bodyLimitOf('/admin/places?/site')).toBe(64 * KIB);
	expect(bodyLimitOf('/admin/import?/preview')).toBe(8 * KIB * KIB);
	expect(bodyLimitOf('/admin/w2/officers/import')).toBe(8 * KIB * KIB);
	expect(bodyLimitOf('/admin/answers?/look')).toBe(16 * KIB * KIB);
	expect(bodyLimitOf('/admin/officers/o1?/photo')).toBe(6 * KIB * KIB);
	expect(bodyLimitOf('/admin/officers')).toBe(64 * KIB);
	expect(bodyLimitOf('/admin/w2/questionnaires?/file&add=1')).toBe(2 * KIB * KIB);
	expect(bodyLimitOf('/admin/questionnaires/q1/edit')).toBe(2 * KIB * KIB);
	expect(bodyLimitOf('/admin/questionnaires/q1/publish')).toBe(64 * KIB);
	expect(bodyLimitOf('/account/import')).toBe(64 * KIB);
	expect(bodyLimitOf('/sign-in?x=/admin/import')).toBe(64 * KIB);
	expect(LARGEST_BODY).toBe(16 * KIB * KIB);
});

test('BODY: a body says its length beforehand, and the length is within the limit', () => {
	expect(judge('POST', '/sign-in', { 'content-length': String(64 * KIB) })).toBeNull();
	expect(judge('POST', '/sign-in', { 'content-length': String(64 * KIB + 1) })).toBe('form-too-large');
	expect(judge('POST', '/sign-in', { 'transfer-encoding': 'chunked' })).toBe('length-required');
	expect(judge('POST', '/sign-in', { 'transfer-encoding': 'chunked', 'content-length': '1' })).toBe('length-required');
	expect(judge('GET', '/sign-in', { 'content-length': '9999999' })).toBeNull();
});

test('an address that names another host, is not one, or is endless is refused', () => {
	for (const target of ['http://evil.example/', '//evil.example', '/\\evil.example', '*', 'sign-in']) {
		expect(judge('GET', target), target).toBe('address-malformed');
	}
	expect(judge('GET', `/${'a'.repeat(5000)}`)).toBe('address-too-long');
	expect(judge('TRACE', '/')).toBe('method-not-allowed');
	expect(judge('CONNECT', '/')).toBe('method-not-allowed');
});
