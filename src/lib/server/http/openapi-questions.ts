import { LONGEST_QUESTION, QUESTION_STATES } from '../../domain/dialogue/question.ts';
import { answer, day, list, object, ref, refusals, text, type Schema } from './openapi-parts.ts';

/** The part of the API's description that is about questions from the hall. */
const QUESTIONS = '/api/v1/live/{room}/questions';
const room = { name: 'room', in: 'path', required: true, schema: text };
const integer = { type: 'integer' };
const flag = { type: 'boolean' };
const state = { enum: QUESTION_STATES };
const perhaps = (schema: Schema) => ({ oneOf: [schema, { type: 'null' }] });
const promise = { text, unit: text, dueDay: day };
const json = (schema: Schema) => ({ required: true, content: { 'application/json': { schema } } });

export const questionPaths = {
	[QUESTIONS]: {
		get: {
			summary:
				'The questions that everybody may read, with how many people stand behind each, and what became of all that were ' +
				'received. Ask again when `questions.version` of a frame differs, and not more often than every ten seconds.',
			parameters: [room],
			responses: { 200: answer('The list.', ref('LiveQuestions')), ...refusals('live-room-unknown') }
		},
		post: {
			summary:
				'Asks a question. `id` is a v4 UUID made before sending, so that a retry is the same question and gets the same code. ' +
				'Numbers of phones, papers and accounts are masked before anything is stored; nobody but the desk sees it until a person has let it through.',
			parameters: [room],
			requestBody: json(
				object({ pass: text, id: text, text: { ...text, maxLength: LONGEST_QUESTION }, fieldId: text }, ['fieldId'])
			),
			responses: {
				200: answer('Received before.', ref('LiveAsked')),
				201: answer('Received.', ref('LiveAsked')),
				...refusals(
					...(['live-room-unknown', 'pass-unknown', 'question-text', 'questions-closed', 'questions-full'] as const),
					...([
						'question-other',
						'questions-too-many',
						'body-malformed',
						'storage-full',
						'storage-unavailable'
					] as const)
				)
			}
		}
	},
	[`${QUESTIONS}/screen`]: {
		get: {
			summary: 'What the room’s screen shows: the question that is being answered, and what is promised.',
			parameters: [room],
			responses: {
				200: answer(
					'What it shows.',
					object({
						version: integer,
						question: perhaps(object({ text, votes: integer })),
						promises: list(object(promise)),
						fresh: perhaps(object({ ...promise, forMs: integer }))
					})
				),
				...refusals('live-room-unknown')
			}
		}
	},
	[`${QUESTIONS}/{question}/votes`]: {
		post: {
			summary: 'One voice for a question, once for each holder of a pass.',
			parameters: [room, { name: 'question', in: 'path', required: true, schema: text }],
			requestBody: json(object({ pass: text })),
			responses: {
				200: answer('Counted before.', object({ vote: { enum: ['counted', 'already'] } })),
				201: answer('Counted.', object({ vote: { enum: ['counted', 'already'] } })),
				...refusals('live-room-unknown', 'pass-unknown', 'questions-closed', 'question-unknown', 'body-malformed')
			}
		}
	},
	[`${QUESTIONS}/follow`]: {
		post: {
			summary: 'What became of one’s own question, by its code.',
			parameters: [room],
			requestBody: json(object({ code: text })),
			responses: {
				200: answer(
					'Its states, the oldest first; of a question that was merged, those of the one it went into too.',
					object({
						...{ text, state, into: { oneOf: [text, { type: 'null' }] }, answer: text },
						steps: list(object({ state, reason: text, at: integer }))
					})
				),
				...refusals('live-room-unknown', 'question-code', 'body-malformed')
			}
		}
	}
};

const counts = object({
	...{ received: integer, waiting: integer, shown: integer, merged: integer, answered: integer },
	...{ deferred: integer, declined: integer, byReason: { type: 'object', additionalProperties: integer } }
});

export const questionSchemas = {
	LiveQuestions: object({
		...{ version: integer, open: flag, hidden: flag, counts },
		questions: list(
			object({ id: text, text, field: text, state, reason: text, answer: text, votes: integer, merged: integer })
		)
	}),
	LiveAsked: object({ code: text, text, masked: integer, state })
};
