import { BALLOT_CHANNELS, DIALOGUE_STATES, HALL_PROOFS, LEVELS } from '../../domain/dialogue/dialogue.ts';
import { VIEWER_ROLES } from '../../domain/dialogue/frame.ts';
import { OVERLAY_LAYOUTS } from '../../domain/dialogue/overlay.ts';
import { ROUND_KINDS, ROUND_PHASES } from '../../domain/dialogue/round.ts';
import { CRITERIA } from '../../domain/survey/criterion.ts';
import { answer, list, object, query, ref, refusals, text, type Schema } from './openapi-parts.ts';

/** The part of the API's description that is about dialogues. */
const ROOM = '/api/v1/live/{room}';
const room = { name: 'room', in: 'path', required: true, schema: text };
const integer = { type: 'integer' };
const flag = { type: 'boolean' };
const perhaps = (schema: Schema) => ({ oneOf: [schema, { type: 'null' }] });
const role = query('role', { enum: VIEWER_ROLES.filter((each) => each !== 'desk'), default: 'phone' });
const token = query('token', text);
const json = (schema: Schema) => ({ required: true, content: { 'application/json': { schema } } });
const byChannel = (schema: Schema) => object(Object.fromEntries(BALLOT_CHANNELS.map((name) => [name, schema])));

export const livePaths = {
	[ROOM]: {
		get: {
			summary: 'What a dialogue asks now, as text. A round that was not shown yet is not told.',
			parameters: [room],
			responses: { 200: answer('The room.', ref('LiveRoom')), ...refusals('live-room-unknown') }
		}
	},
	[`${ROOM}/state`]: {
		get: {
			summary:
				'One frame of the stream for whoever cannot keep one; some three seconds between two looks are enough. The stream ' +
				`itself is \`GET ${ROOM}/events\` (text/event-stream; \`retry\` and the event \`hb\` every 15 s): each frame is the ` +
				'whole state, and of one `epoch` only a higher `v` is newer.',
			parameters: [room, role, token],
			responses: {
				200: answer('The frame.', ref('LiveFrame')),
				...refusals('live-room-unknown', 'query-invalid', 'display-unknown')
			}
		}
	},
	[`${ROOM}/result`]: {
		get: {
			summary: 'What is published of a closed dialogue: every round by hall, stream, paper and in all.',
			parameters: [room, query('lang', { enum: ['vi', 'en'], default: 'vi' })],
			responses: {
				200: answer('The result.', ref('LiveResult')),
				...refusals('live-room-unknown', 'live-not-closed')
			}
		}
	},
	[`${ROOM}/result.csv`]: {
		get: {
			summary: 'The same as CSV (UTF-8 with BOM, `;`): one line an answer and channel.',
			parameters: [room, query('lang', { enum: ['vi', 'en'], default: 'vi' })],
			responses: {
				200: { description: 'The file.', content: { 'text/csv': { schema: text } } },
				...refusals('live-room-unknown', 'live-not-closed')
			}
		}
	},
	[`${ROOM}/receipts`]: {
		get: {
			summary: 'The sorted receipts of one round of a closed dialogue, one a line: the very bytes of `receiptsHash`.',
			parameters: [room, query('round', integer, true)],
			responses: {
				200: { description: 'The list.', content: { 'text/plain': { schema: text } } },
				...refusals('live-room-unknown', 'live-not-closed', 'round-unknown')
			}
		}
	},
	[`${ROOM}/hall-code`]: {
		get: {
			summary: 'The six digits that the screen of a hall shows, and until when. Only with a screen’s token.',
			parameters: [room, role, token],
			responses: {
				200: answer('The code.', object({ code: text, hall: integer, until: integer, now: integer })),
				...refusals('live-room-unknown', 'display-unknown', 'live-over')
			}
		}
	},
	[`${ROOM}/passes`]: {
		post: {
			summary:
				'What a phone votes with: by the code of a slip, by the code on the hall’s screen, or by the phone alone.',
			parameters: [room],
			requestBody: json(
				object({ slip: text, hallCode: text, hall: integer, pass: text }, ['slip', 'hallCode', 'hall', 'pass'])
			),
			responses: {
				201: answer(
					'The pass.',
					object({ pass: text, level: { enum: LEVELS }, channel: text, hall: integer, serial: integer }, ['serial'])
				),
				...refusals(
					'live-room-unknown',
					'live-over',
					'slip-unknown',
					'hall-code-wrong',
					'too-many-requests',
					'body-malformed'
				)
			}
		}
	},
	[`${ROOM}/votes`]: {
		post: {
			summary:
				'A vote, answered once it is durable. `ballotId` is a v4 UUID made before sending, so that a retry is the same ' +
				'ballot; `turn` grows when the phone changes its mind.',
			parameters: [room],
			requestBody: json(object({ pass: text, roundId: text, ballotId: text, turn: integer, choice: text })),
			responses: {
				200: answer('Changed, or counted before.', ref('LiveReceipt')),
				201: answer('Counted.', ref('LiveReceipt')),
				...refusals(
					...(['live-room-unknown', 'pass-unknown', 'round-unknown', 'choice-unknown', 'round-closed'] as const),
					...(['slip-void', 'body-malformed', 'storage-full', 'storage-unavailable', 'busy'] as const)
				)
			}
		}
	}
};

export const liveSchemas = {
	LiveRoom: object({
		...{
			title: text,
			place: text,
			halls: list(text),
			hallProof: { enum: HALL_PROOFS },
			rehearsal: flag,
			questionsOpen: flag,
			rounds: integer
		},
		round: perhaps(
			object({
				...{ id: text, number: integer, kind: { enum: ROUND_KINDS }, text, options: list(text), most: integer },
				...{ criterion: { enum: [...CRITERIA, null] }, items: integer, changeable: flag },
				...{ phase: { enum: ROUND_PHASES }, asks: list(text) }
			})
		)
	}),
	LiveResult: object({
		...{ room: text, organization: text, title: text, place: text, day: text, time: text, halls: list(text) },
		...{ hallProof: { enum: HALL_PROOFS }, rehearsal: flag, closedAt: integer },
		rounds: list(
			object({
				...{ id: text, number: integer, kind: { enum: ROUND_KINDS }, text, options: list(text), asks: list(text) },
				...{ criterion: { enum: [...CRITERIA, null] }, openedAt: perhaps(integer), closesAt: perhaps(integer) },
				...{ finalAt: perhaps(integer), corrects: perhaps(integer), correctsWhy: text, correctedBy: perhaps(integer) },
				...{ channels: byChannel(ref('LiveCount')), total: ref('LiveCount'), byHall: list(integer) },
				...{ hash: text, finalHash: perhaps(text), receiptsHash: text }
			})
		),
		sheets: list(object({ versionId: text, channel: { enum: BALLOT_CHANNELS }, sheets: integer, flagged: integer })),
		paper: perhaps(
			object({ batches: integer, counted: integer, ballots: integer, aside: integer, conflicts: integer })
		),
		machines: list(
			object({
				...{ hall: text, mergedAt: perhaps(integer), droppedWhy: text },
				rounds: list(
					object({
						...{ number: integer, text, acknowledged: integer, merged: integer, conflicts: integer, gap: integer },
						...{ openedAt: perhaps(integer), finalAt: integer }
					})
				)
			})
		),
		questions: perhaps(
			object({
				...{ received: integer, waiting: integer, shown: integer, merged: integer, answered: integer },
				...{ deferred: integer, declined: integer, byReason: { type: 'object', additionalProperties: integer } }
			})
		)
	}),
	LiveCount: object({
		...{ votes: list(integer), shares: perhaps(list(integer)), valid: integer, blank: integer, spoiled: integer },
		ballots: integer,
		levels: object(Object.fromEntries(LEVELS.map((level) => [level, integer])), [...LEVELS]),
		suspects: integer
	}),
	LiveFrame: object(
		{
			...{ epoch: text, v: integer, now: integer, version: integer, state: { enum: DIALOGUE_STATES }, hidden: flag },
			round: perhaps(
				object({
					...{ id: text, number: integer, kind: { enum: ROUND_KINDS }, phase: { enum: ROUND_PHASES } },
					...{ closesAt: perhaps(integer), streamClosesAt: perhaps(integer) }
				})
			),
			...{ votes: perhaps(list(integer)), shares: perhaps(list(integer)), valid: integer, turnout: byChannel(integer) },
			questions: object({ open: flag, version: integer }),
			...{ byHall: list(integer), byChannel: byChannel(list(integer)) },
			overlay: object({ layout: { enum: OVERLAY_LAYOUTS }, code: perhaps(object({ text, shownAt: integer })) })
		},
		['byHall', 'byChannel', 'overlay']
	),
	LiveReceipt: object({ vote: { enum: ['counted', 'changed', 'already'] }, receipt: text })
};
