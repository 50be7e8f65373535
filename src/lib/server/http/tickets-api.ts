import * as v from 'valibot';
import { isIdempotencyKey, ticketUrl } from '../../domain/survey/ticket.ts';
import { showCode } from '../../domain/survey/code.ts';
import type { Environment } from '../environment.ts';
import type { Serving } from '../serving.ts';
import { readApiKey, type ApiKey } from '../survey/api-keys/reads.ts';
import { versionToShow } from '../survey/reads.ts';
import { makeApiTicket } from '../survey/tickets/api/writes.ts';
import { json, problemDocument, problemType, type Answer, type Call } from './call.ts';
import { mayAskForTicket } from './limits.ts';
import { PROBLEMS, Refusal, type ProblemCode } from './problem.ts';
import { parseBody } from './terminal-api.ts';

const BODY_CHARACTERS = 4096;
const LONGEST_KEY = 128;

/** By id, number, code or name, as people write them in files too. */
const place = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
export const ticketRequestSchema = v.strictObject({
	counter: place,
	site: v.optional(place),
	field: v.optional(place),
	officer: v.optional(place)
});

/** `POST /api/v1/tickets`: one ticket for a receipt; the same request again is the same ticket. */
export async function answerTicket(serving: Serving, call: Call, now: number): Promise<Answer> {
	const key = await requireApiKey(serving, call);
	if (!(await mayAskForTicket(key.id))) throw new Refusal('too-many-requests');
	const idempotencyKey = call.header('idempotency-key') ?? '';
	if (!isIdempotencyKey(idempotencyKey)) throw new Refusal('idempotency-key-missing');
	if (call.body.length > BODY_CHARACTERS) throw new Refusal('ticket-body-too-large');
	const said = parseBody(call, ticketRequestSchema);
	const version = await versionToShow(serving.db, key.organizationId, null);
	if (!version) throw new Refusal('survey-closed');
	const made = await makeApiTicket(serving, { key, idempotencyKey, said, versionId: version.id, now });
	if (!made.ok) throw new Refusal(made.reason);
	const { code, expiresOn } = made.value;
	return json({ code: showCode(code), url: ticketUrl(serving.environment.origin, code), expiresOn }, 201);
}

/** RFC 9457, and RFC 9110 for who has shown no key. */
export function refuseTicket(code: ProblemCode, { origin }: Pick<Environment, 'origin'>): Answer {
	return problemDocument(code, origin, PROBLEMS[code].status === 401 ? { 'www-authenticate': 'Bearer' } : {});
}

/** `GET /api/v1/problems/CODE`: what a problem document's `type` leads to. */
export function answerProblem({ environment }: Serving, _: Call, __: number, [, code]: RegExpExecArray): Answer {
	if (!Object.hasOwn(PROBLEMS, code)) throw new Refusal('not-found');
	const { status, message } = PROBLEMS[code as ProblemCode];
	return json({ type: problemType(code as ProblemCode, environment.origin), title: message, status, code });
}

/** The system whose key this call brings, unless the key is revoked; that is read with every request. */
async function requireApiKey({ db }: Serving, call: Call): Promise<ApiKey> {
	const [, shown] = /^Bearer +([\w-]+) *$/i.exec(call.header('authorization') ?? '') ?? [];
	const key = shown && shown.length <= LONGEST_KEY ? await readApiKey(db, shown) : undefined;
	if (!key) throw new Refusal('api-key-unknown');
	if (key.revokedAt !== null) throw new Refusal('api-key-revoked');
	if (key.closed) throw new Refusal('organization-closed');
	return key;
}
