import { expect, test } from 'vitest';
import { CASE_STATES } from '../../src/lib/domain/casework/case.ts';
import { addDays, DAY_MS, localDay } from '../../src/lib/domain/shared/time.ts';
import { readPublishedCases } from '../../src/lib/server/casework/register/reads.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import { aStoredCase } from '../factories/case.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const INNER = { subject: 'Bà Kín hỏi', text: 'Số 0900 000 001 của bà Kín', answer: 'Thưa bà Kín', unit: 'Phòng Kín' };

async function aRegister() {
	const serving = await aServing();
	await aWard(serving.db);
	const of = (id: string, seq: number, more: object) =>
		aStoredCase({ id, organizationId: 'w1', seq, receivedAt: NOON, answeredAt: NOON + DAY_MS, ...INNER, ...more });
	const said = (question: string) => ({ publicQuestion: question, publicAnswer: 'Đã vá ổ gà.' });
	await commit(serving.db, async (tx) => {
		const others = CASE_STATES.filter((state) => state !== 'published');
		await tx.insert(cases).values([
			...others.map((state, i) => of(state, 10 + i, { state, ...said('Chưa công khai') })),
			of('road', 2, { state: 'published', publishedAt: NOON + 2 * DAY_MS, ...said('Đường Hòn Rớ có ổ gà') }),
			of('late', 3, {
				...{ state: 'published', publishedAt: NOON + 3 * DAY_MS, class: 'behaviour', ...said('Quầy 3 nói to') }
			})
		]);
	});
	const ask = async (path: string) => {
		const { pathname, searchParams: query } = new URL(`http://ward.test/api/v1/register/${path}`);
		const call = { method: 'GET', path: pathname, query, header: () => undefined, body: '' };
		const { status, headers, body } = await answerApi(serving, call, NOON);
		return { status, headers, body: JSON.parse(body) };
	};
	return { serving, ask };
}

test('everybody reads what was published, word for word and the newest first, and no other word of a case', async () => {
	const { serving, ask } = await aRegister();
	const { status, headers, body } = await ask('w1');
	expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=60']);
	const register = await readPublishedCases(serving.db, 'w1');
	const words = (rows: { number: string; question: string; answer: string }[]) =>
		rows.map(({ number, question, answer }) => [number, question, answer]);
	expect(words(body.answers)).toEqual(words(register));
	expect(body).toMatchObject({ found: 2, page: 1, pages: 1 });
	const day = localDay(NOON);
	expect(body.answers[1]).toEqual({
		...{ number: '2026-0002', class: 'rules', fieldId: '', question: 'Đường Hòn Rớ có ổ gà', answer: 'Đã vá ổ gà.' },
		...{ received: day, answered: addDays(day, 1), published: addDays(day, 2) }
	});
	expect(JSON.stringify(body)).not.toMatch(/Kín|0900|Chưa công khai/);
});

test('it finds without accents and by class, a page at a time, and one by its number; nothing else is there', async () => {
	const { ask } = await aRegister();
	const found = async (query: string) =>
		(await ask(`w1?${query}`)).body.answers.map(({ number }: { number: string }) => number);
	expect(await found('q=hon+ro')).toEqual(['2026-0002']);
	expect(await found('class=behaviour')).toEqual(['2026-0003']);
	expect(await found('page=2')).toEqual([]);
	expect(await found('year=2026')).toHaveLength(2);
	expect((await ask('w1/2026-0002')).body).toMatchObject({ question: 'Đường Hòn Rớ có ổ gà' });
	for (const wrong of ['class=other', 'page=0', 'page=x', 'year=1999'])
		expect((await ask(`w1?${wrong}`)).body, wrong).toMatchObject({ code: 'query-invalid' });
	for (const gone of ['w2', 'w1/2026-0010', 'w1/2026-9999', 'w1/x', 'w2/2026-0002'])
		expect(await ask(gone), gone).toMatchObject({ status: 404, body: { code: 'not-found' } });
});
