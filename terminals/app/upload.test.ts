import { expect, test } from 'vitest';
import type { Receipt, Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { uploadOnce, type Refusal, type Send } from './upload.ts';

const aSheet = (id: string, value = 5) => ({ id, sequence: 1, answers: [{ itemId: 'PV', value }] }) as unknown as Sheet;

function aStore(ids: string[]) {
	let waiting = ids.map((id) => aSheet(id));
	const refused: Refusal[] = [];
	return {
		refused,
		ids: () => waiting.map(({ id }) => id),
		sealed: async () => waiting,
		settle: async (remove: readonly string[], more: readonly Refusal[]) => {
			refused.push(...more);
			const gone = [...remove, ...more.map(({ id }) => id)];
			waiting = waiting.filter(({ id }) => !gone.includes(id));
		}
	};
}
const ok =
	(value: unknown): Send =>
	() =>
		Promise.resolve({ status: 200, code: '', value, retryAfter: null });
const failing =
	(status: number, code: string, retryAfter: number | null = null): Send =>
	() =>
		Promise.resolve({ status, code, value: { code }, retryAfter });
const receipt = (id: string, status: Receipt['status'], code?: string): Receipt => ({ id, status, code });
const random = () => 0.3;

test('nothing is sent when nothing waits', async () => {
	const never: Send = () => Promise.reject(new Error('sent'));
	expect(await uploadOnce(aStore([]), never, random)).toEqual({ outcome: 'idle' });
});

test('a sheet leaves after stored or duplicate, is kept apart after quarantined, and stays without a receipt', async () => {
	const store = aStore(['a', 'b', 'c', 'd']);
	const receipts = [receipt('a', 'stored'), receipt('b', 'duplicate'), receipt('c', 'quarantined', 'value-unknown')];
	expect(await uploadOnce(store, ok(receipts), random)).toEqual({ outcome: 'sent', stored: 2, refused: 1, more: true });
	expect(store.ids()).toEqual(['d']);
	expect(store.refused).toEqual([{ id: 'c', code: 'value-unknown' }]);
});

test.each([
	['no network', 0, 'network'],
	['an unknown tablet', 401, 'terminal-unknown'],
	['a revoked tablet', 403, 'terminal-revoked'],
	['too many requests', 429, 'too-many-requests'],
	['a busy server', 503, 'busy'],
	['a full disk', 507, 'storage-full']
])('%s keeps everything', async (_, status, code) => {
	const store = aStore(['a', 'b']);
	const step = await uploadOnce(store, failing(status, code, 7), random);
	expect(step).toEqual({ outcome: 'kept', status, code, retryAfter: 7 });
	expect(store.ids()).toEqual(['a', 'b']);
});

test.each([
	['a page of a captive portal', null],
	['an empty list', []],
	['receipts of strangers', [receipt('x', 'stored')]]
])('%s is no acknowledgement', async (_, value) => {
	const store = aStore(['a']);
	expect(await uploadOnce(store, ok(value), random)).toMatchObject({ outcome: 'kept', code: 'answer-unreadable' });
	expect(store.ids()).toEqual(['a']);
});

test('the body has the same size whatever was chosen', async () => {
	const sizes: number[] = [];
	for (const value of [1, 2, 3, 4, 5]) {
		const store = { sealed: async () => [aSheet('a', value)], settle: async () => {} };
		const send: Send = (body) => {
			sizes.push(new TextEncoder().encode(body).length);
			return ok([receipt('a', 'stored')])(body);
		};
		await uploadOnce(store, send, random);
	}
	expect(new Set(sizes).size).toBe(1);
	expect(sizes[0]! % 1024).toBe(0);
});
