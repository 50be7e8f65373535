import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { sheetSchema, SHEETS_PER_REQUEST } from '../../domain/submission/sheet.ts';
import { indexPaths, indexSchemas } from './openapi-index.ts';
import { livePaths, liveSchemas } from './openapi-live.ts';
import { questionPaths, questionSchemas } from './openapi-questions.ts';
import { registerPaths, registerSchemas } from './openapi-register.ts';
import { answer, day, instant, list, object, ref, refusals, type Schema, text } from './openapi-parts.ts';
import type { ProblemCode } from './problem.ts';
import { ticketRequestSchema } from './tickets-api.ts';

/** `GET /api/v1/openapi.json`: everything under /api/v1 for those who write other programs; sheets from the schema that checks them. */
export function openApi() {
	return {
		openapi: '3.1.0',
		info: { title: 'Lắng nghe', version: '1', description: 'Satisfaction survey platform for public service centres.' },
		components: { securitySchemes, schemas },
		paths: {
			'/api/v1/submissions': {
				post: {
					summary: 'Take in 1 to 500 answer sheets of a paired tablet; idempotent, a receipt for each in order.',
					security: [{ terminal: [] }],
					requestBody: content(object({ sheets: list(ref('Sheet'), { minItems: 1, maxItems: SHEETS_PER_REQUEST }) })),
					responses: {
						200: answer('A receipt for each sheet.', list(ref('Receipt'))),
						...refusals(
							'json-malformed',
							'terminal-unknown',
							'terminal-revoked',
							'too-many-requests',
							'too-many-sheets',
							'content-type',
							'busy',
							'storage-full'
						)
					}
				}
			},
			'/api/v1/terminals/pairings': {
				post: {
					summary: 'A new tablet asks to be let in; the code is shown to an administrator for ten minutes.',
					requestBody: content(object({ publicKey: { type: 'object', description: 'JWK, EC P-256, public half' } })),
					responses: {
						201: answer(
							'The code to show.',
							object({ code: text, approveUrl: text, expiresAt: instant, qr: text, size: { type: 'integer' } })
						),
						...refusals('body-malformed', 'too-many-requests')
					}
				}
			},
			'/api/v1/terminals/pairings/{code}': {
				get: {
					summary: 'What became of a code.',
					parameters: [{ name: 'code', in: 'path', required: true, schema: text }],
					responses: {
						200: answer(
							'Its state.',
							object({ state: { enum: ['waiting', 'approved', 'expired'] }, terminalId: text }, ['terminalId'])
						),
						...refusals('pairing-unknown', 'too-many-requests')
					}
				}
			},
			'/api/v1/terminals/configuration': {
				get: {
					summary: 'Everything a tablet needs for weeks without a network; the ETag is its revision.',
					security: [{ terminal: [] }],
					responses: {
						200: answer('The configuration.', { type: 'object' }),
						304: { description: 'Unchanged.' },
						...refusals('terminal-unknown', 'terminal-revoked', 'too-many-requests')
					}
				}
			},
			'/api/v1/terminals/heartbeat': {
				post: {
					summary: 'How a tablet is, once a minute.',
					security: [{ terminal: [] }],
					requestBody: content({ type: 'object' }),
					responses: {
						200: answer('The newest revision.', object({ serverTime: instant, revision: text })),
						...refusals('body-malformed', 'terminal-unknown')
					}
				}
			},
			'/api/v1/terminals/duties': {
				post: {
					summary: 'Changes of the officer on duty made on the tablet; idempotent by id.',
					security: [{ terminal: [] }],
					requestBody: content(
						object({ duties: list(object({ id: text, officerId: { type: ['string', 'null'] }, startsAt: instant })) })
					),
					responses: { 204: { description: 'Stored.' }, ...refusals('body-malformed', 'terminal-unknown') }
				}
			},
			'/api/v1/terminals/rescue': {
				get: {
					summary: 'Whether a revoked tablet may hand its queue over; an administrator opens the way for 24 hours.',
					security: [{ terminal: [] }],
					responses: {
						200: answer('Until when.', object({ until: instant, serverTime: instant })),
						...refusals('terminal-unknown', 'terminal-revoked', 'terminal-active', 'too-many-requests')
					}
				},
				post: {
					summary:
						'The queue of a revoked tablet, word for word into quarantine and never into the counts; idempotent.',
					security: [{ terminal: [] }],
					requestBody: content(
						object({
							...{ made: { type: 'integer' }, queued: { type: 'integer' } },
							sheets: list(ref('Sheet'), { maxItems: SHEETS_PER_REQUEST })
						})
					),
					responses: {
						200: answer('A receipt for each sheet, `quarantined` with the code `rescued`.', list(ref('Receipt'))),
						...refusals(
							...(['body-malformed', 'terminal-unknown', 'terminal-revoked', 'terminal-active'] as const),
							...(['too-many-sheets', 'content-type', 'storage-full'] as const)
						)
					}
				}
			},
			...indexPaths,
			...livePaths,
			...questionPaths,
			...registerPaths,
			'/api/v1/tickets': {
				post: {
					summary:
						'One ticket for the receipt of a visit. Places by id, number, code or name. The same request again, with the same ' +
						'Idempotency-Key, is the same ticket; a new visit needs a new one. The answer never says whether a ticket was used.',
					security: [{ apiKey: [] }],
					parameters: [
						{
							name: 'Idempotency-Key',
							in: 'header',
							required: true,
							schema: { type: 'string', pattern: '^[!-~]{1,128}$' }
						}
					],
					requestBody: content(toJsonSchema(ticketRequestSchema, { errorMode: 'ignore', typeMode: 'input' }) as Schema),
					responses: {
						201: answer('The code to print, the address for its QR code, the last day.', ref('Ticket')),
						...documents(
							...(['idempotency-key-missing', 'json-malformed', 'body-malformed', 'api-key-unknown'] as const),
							...(['api-key-revoked', 'organization-closed', 'ticket-body-too-large', 'content-type'] as const),
							...(['site-unknown', 'counter-unknown', 'counter-ambiguous', 'field-unknown'] as const),
							...(['field-ambiguous', 'officer-unknown', 'officer-ambiguous', 'survey-closed'] as const),
							...(['too-many-requests', 'ticket-budget-spent', 'storage-unavailable', 'storage-full'] as const)
						)
					}
				}
			},
			'/api/v1/problems/{problem}': {
				get: {
					summary: 'What a code of a refusal means.',
					parameters: [{ name: 'problem', in: 'path', required: true, schema: text }],
					responses: { 200: answer('In words.', ref('ProblemDocument')), ...refusals('not-found') }
				}
			},
			'/api/v1/surveys/answers': {
				post: {
					summary:
						'The form of the citizen’s page: a page of a questionnaire, or all of it, under the sealed `form` that was drawn with ' +
						'it. From our own pages only; leads on to the next page or to the thanks.',
					requestBody: formOf({ form: text, page: text, lang: text }),
					responses: { 303: leadsOn, ...refusals('host-unknown', 'cross-site', 'content-type') }
				}
			},
			'/api/v1/surveys/tickets': {
				post: {
					summary: 'The code of a ticket, typed on our own page; leads on to its questions. Uses nothing up.',
					requestBody: formOf({ code: text, lang: text }),
					responses: { 303: leadsOn, ...refusals('host-unknown', 'cross-site', 'content-type') }
				}
			},
			'/api/v1/openapi.json': {
				get: { summary: 'This document.', responses: { 200: answer('OpenAPI 3.1.', { type: 'object' }) } }
			}
		}
	};
}

const content = (schema: Schema) => ({ required: true, content: { 'application/json': { schema } } });
const formOf = (fields: Record<string, Schema>) => ({
	required: true,
	content: { 'application/x-www-form-urlencoded': { schema: object(fields) } }
});
const leadsOn = { description: 'A page for a person, whatever became of it.', headers: { Location: { schema: text } } };

/** The same as problem documents (RFC 9457). */
function documents(...codes: ProblemCode[]) {
	return Object.fromEntries(
		Object.entries(refusals(...codes)).map(([status, { description }]) => [
			status,
			{ description, content: { 'application/problem+json': { schema: ref('ProblemDocument') } } }
		])
	);
}

const securitySchemes = {
	terminal: {
		type: 'apiKey',
		in: 'header',
		name: 'x-terminal',
		description:
			'id.milliseconds.signature: ECDSA P-256 over "METHOD\\npath\\nmilliseconds\\nbody", IEEE P1363, base64url'
	},
	apiKey: { type: 'http', scheme: 'bearer', description: 'A key made by an administrator, shown once.' },
	session: { type: 'apiKey', in: 'cookie', name: '__Host-s' }
};

const schemas = {
	// Form only: what the schema also transforms (lower case) does not change what may be sent.
	Sheet: toJsonSchema(v.object(sheetSchema.entries), { errorMode: 'ignore', typeMode: 'input' }) as Schema,
	Receipt: object(
		{ id: { type: ['string', 'null'] }, status: { enum: ['stored', 'duplicate', 'quarantined'] }, code: text },
		['code']
	),
	Problem: object({ code: text, message: text }),
	ProblemDocument: object({
		type: { type: 'string', format: 'uri' },
		title: text,
		status: { type: 'integer' },
		code: text
	}),
	Ticket: object({ code: text, url: { type: 'string', format: 'uri' }, expiresOn: day }),
	...indexSchemas,
	...liveSchemas,
	...questionSchemas,
	...registerSchemas
};
