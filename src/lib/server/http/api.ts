import type { Serving } from '../serving.ts';
import { answerTo, json, problem, type Answer, type Call } from './call.ts';
import type { ProblemCode } from './problem.ts';
import { answerCodebook, answerIndex } from './index-api.ts';
import { openApi } from './openapi.ts';
import { answerHallCode, answerPass, answerRoom, answerState, answerVote } from './live-api.ts';
import { answerReceipts, answerResult, answerResultFile } from './live-result.ts';
import { answerAsk, answerFollow, answerQuestions, answerScreen, answerUpvote } from './live-questions.ts';
import { answerParticipation } from './participation-api.ts';
import { answerRescue, answerRescueState } from './rescue.ts';
import { answerRegister, answerRegisterCase } from './register-api.ts';
import { noteRequest, patternOf, UNKNOWN } from './request-log.ts';
import { receiveSheets } from './submissions.ts';
import { answerSurvey, answerTicketCode, refuseForm } from './survey-answers.ts';
import {
	answerConfiguration,
	answerDuties,
	answerHeartbeat,
	answerPairingRequest,
	answerPairingState
} from './terminal-api.ts';
import { answerProblem, answerTicket, refuseTicket } from './tickets-api.ts';

/**
 * Who may call a route; the handler makes it true with the guard of that name, and a test calls each without. `rescue`: a revoked
 * tablet, and only while an administrator lets it hand its queue over. `api-key`: another system, by the key it was given.
 */
export type Policy = 'terminal' | 'rescue' | 'public' | 'staff' | 'api-key';

interface Route {
	method: 'GET' | 'POST';
	path: RegExp;
	policy: Policy;
	/** How this route says a refusal, where it does so in another form than the rest. */
	refuse?: (code: ProblemCode, environment: Serving['environment']) => Answer;
	handle: (serving: Serving, call: Call, now: number, match: RegExpExecArray) => Promise<Answer> | Answer;
}

/** Everything under /api/v1, answered before Kit in production: the intake must not wait for a page. */
export const API: readonly Route[] = [
	{
		method: 'POST',
		path: /^\/api\/v1\/submissions$/,
		policy: 'terminal',
		handle: ({ db }, call, now) => receiveSheets(db, call, now)
	},
	{ method: 'POST', path: /^\/api\/v1\/terminals\/pairings$/, policy: 'public', handle: answerPairingRequest },
	{
		method: 'GET',
		path: /^\/api\/v1\/terminals\/pairings\/([\w-]{1,20})$/,
		policy: 'public',
		handle: (serving, _, now, [, code]) => answerPairingState(serving, code, now)
	},
	{ method: 'GET', path: /^\/api\/v1\/terminals\/configuration$/, policy: 'terminal', handle: answerConfiguration },
	{ method: 'POST', path: /^\/api\/v1\/terminals\/heartbeat$/, policy: 'terminal', handle: answerHeartbeat },
	{ method: 'POST', path: /^\/api\/v1\/terminals\/duties$/, policy: 'terminal', handle: answerDuties },
	{ method: 'GET', path: /^\/api\/v1\/terminals\/rescue$/, policy: 'rescue', handle: answerRescueState },
	{ method: 'POST', path: /^\/api\/v1\/terminals\/rescue$/, policy: 'rescue', handle: answerRescue },
	{ method: 'POST', path: /^\/api\/v1\/tickets$/, policy: 'api-key', refuse: refuseTicket, handle: answerTicket },
	{ method: 'GET', path: /^\/api\/v1\/problems\/([\w-]{1,64})$/, policy: 'public', handle: answerProblem },
	{ method: 'POST', path: /^\/api\/v1\/surveys\/answers$/, policy: 'public', refuse: refuseForm, handle: answerSurvey },
	{
		method: 'POST',
		path: /^\/api\/v1\/surveys\/tickets$/,
		policy: 'public',
		refuse: refuseForm,
		handle: answerTicketCode
	},
	{ method: 'GET', path: /^\/api\/v1\/live\/(\w{1,12})$/, policy: 'public', handle: answerRoom },
	{ method: 'GET', path: /^\/api\/v1\/live\/(\w{1,12})\/state$/, policy: 'public', handle: answerState },
	{ method: 'GET', path: /^\/api\/v1\/live\/(\w{1,12})\/hall-code$/, policy: 'public', handle: answerHallCode },
	{ method: 'GET', path: /^\/api\/v1\/live\/(\w{1,12})\/result$/, policy: 'public', handle: answerResult },
	{ method: 'GET', path: /^\/api\/v1\/live\/(\w{1,12})\/result\.csv$/, policy: 'public', handle: answerResultFile },
	{ method: 'GET', path: /^\/api\/v1\/live\/(\w{1,12})\/receipts$/, policy: 'public', handle: answerReceipts },
	{ method: 'POST', path: /^\/api\/v1\/live\/(\w{1,12})\/passes$/, policy: 'public', handle: answerPass },
	{ method: 'POST', path: /^\/api\/v1\/live\/(\w{1,12})\/votes$/, policy: 'public', handle: answerVote },
	{ method: 'GET', path: /^\/api\/v1\/live\/(\w{1,12})\/questions$/, policy: 'public', handle: answerQuestions },
	{ method: 'GET', path: /^\/api\/v1\/live\/(\w{1,12})\/questions\/screen$/, policy: 'public', handle: answerScreen },
	{ method: 'POST', path: /^\/api\/v1\/live\/(\w{1,12})\/questions$/, policy: 'public', handle: answerAsk },
	{ method: 'POST', path: /^\/api\/v1\/live\/(\w{1,12})\/questions\/follow$/, policy: 'public', handle: answerFollow },
	{
		method: 'POST',
		path: /^\/api\/v1\/live\/(\w{1,12})\/questions\/(\w{1,20})\/votes$/,
		policy: 'public',
		handle: answerUpvote
	},
	{ method: 'GET', path: /^\/api\/v1\/index$/, policy: 'staff', handle: answerIndex },
	{ method: 'GET', path: /^\/api\/v1\/participation$/, policy: 'staff', handle: answerParticipation },
	{ method: 'GET', path: /^\/api\/v1\/index\/codebook$/, policy: 'public', handle: answerCodebook },
	{ method: 'GET', path: /^\/api\/v1\/register\/(\w{1,20})$/, policy: 'public', handle: answerRegister },
	{
		method: 'GET',
		path: /^\/api\/v1\/register\/(\w{1,20})\/([\w-]{1,12})$/,
		policy: 'public',
		handle: answerRegisterCase
	},
	{ method: 'GET', path: /^\/api\/v1\/openapi\.json$/, policy: 'public', handle: () => json(openApi()) }
];

const patterns = new Map(API.map(({ path }) => [path, patternOf(path)]));

export async function answerApi(serving: Serving, call: Call, now: number): Promise<Answer> {
	const begun = performance.now();
	const { answer, route } = await answerRoute(serving, call, now);
	const noted = {
		requestId: call.requestId,
		method: call.method,
		status: answer.status,
		ms: performance.now() - begun
	};
	const isQuiet = route !== null && route.policy !== 'staff' && route.policy !== 'api-key';
	noteRequest(serving.log, { ...noted, route: route ? patterns.get(route.path)! : UNKNOWN }, isQuiet);
	return answer;
}

async function answerRoute(
	serving: Serving,
	call: Call,
	now: number
): Promise<{ answer: Answer; route: Route | null }> {
	let known = false;
	for (const route of API) {
		const match = route.path.exec(call.path);
		if (!match) continue;
		known = true;
		if (route.method === call.method) {
			const refuse = (code: ProblemCode) => route.refuse?.(code, serving.environment) ?? problem(code);
			const report = (thrown: unknown) =>
				serving.report(thrown, { requestId: call.requestId, route: patterns.get(route.path) });
			return { answer: await answerTo(() => route.handle(serving, call, now, match), report, refuse), route };
		}
	}
	return { answer: problem(known ? 'method-not-allowed' : 'not-found'), route: null };
}
