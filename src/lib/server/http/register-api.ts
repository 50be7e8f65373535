import { CASE_CLASSES } from '../../domain/casework/case.ts';
import { findAnswers, readCaseNumber, yearsOf, type PublishedCase } from '../../domain/casework/register.ts';
import { localDay } from '../../domain/shared/time.ts';
import { readPublishedCase, readPublishedCases } from '../casework/register/reads.ts';
import { readPublicName } from '../report/publication/reads.ts';
import type { Serving } from '../serving.ts';
import { json, type Answer, type Call } from './call.ts';
import { Refusal } from './problem.ts';

/** As the pages of the register: an answer that is taken back leaves soon. */
const KEPT = { 'cache-control': 'public, max-age=60' };
const MOST = 100;

/** Days, not instants: to the minute would say more than the pages do. */
const shown = ({ number, class: its, fieldId, question, answer, ...at }: PublishedCase) => ({
	...{ number, class: its, fieldId, question, answer },
	...{ received: localDay(at.receivedAt), answered: localDay(at.answeredAt), published: localDay(at.publishedAt) }
});

/**
 * `GET /api/v1/register/ORGANIZATION?q=&class=&field=&year=&page=`: what `/results/ORGANIZATION/answers` shows, word for word. What it
 * does not know it refuses, where a page falls back.
 */
export async function answerRegister(
	{ db }: Serving,
	{ query }: Call,
	now: number,
	[, id]: RegExpExecArray
): Promise<Answer> {
	const own = await readPublicName(db, id!);
	if (!own) throw new Refusal('not-found');
	const asked = (name: string) => query.get(name) ?? '';
	const all = await readPublishedCases(db, id!);
	const its = ['' as const, ...CASE_CLASSES].find((each) => each === asked('class'));
	const page = Number(query.get('page') ?? 1);
	const known = asked('year') === '' || yearsOf(all, now).includes(asked('year'));
	if (its === undefined || !known || !Number.isInteger(page) || page < 1) throw new Refusal('query-invalid');
	const filter = { search: asked('q').slice(0, 100), class: its, fieldId: asked('field'), year: asked('year') };
	const found = findAnswers(all, filter);
	const answers = found.slice((page - 1) * MOST, page * MOST).map(shown);
	const { name, demonstration } = own;
	const pages = Math.max(1, Math.ceil(found.length / MOST));
	return json({ organization: { id, name, demonstration }, found: found.length, page, pages, answers }, 200, KEPT);
}

/** `GET /api/v1/register/ORGANIZATION/2026-0012`: one of them; what is not published is not there. */
export async function answerRegisterCase(
	{ db }: Serving,
	_: Call,
	__: number,
	[, id, number]: RegExpExecArray
): Promise<Answer> {
	const of = readCaseNumber(number!);
	const row = of && (await readPublicName(db, id!)) ? await readPublishedCase(db, id!, of) : null;
	if (!row) throw new Refusal('not-found');
	return json(shown(row), 200, KEPT);
}
