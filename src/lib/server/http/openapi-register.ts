import { CASE_CLASSES } from '../../domain/casework/case.ts';
import { answer, day, list, object, query, ref, refusals, text } from './openapi-parts.ts';

const organization = { name: 'organization', in: 'path', required: true, schema: text };
const number = { type: 'integer' };

/** The part of the API's description that is about the public register of questions and answers. */
export const registerPaths = {
	'/api/v1/register/{organization}': {
		get: {
			summary:
				'The public register of a ward: questions and answers that a person has looked through and let out, the newest first, a ' +
				'hundred a page. For everybody, kept by caches for a minute. `q` finds without accents.',
			parameters: [
				...[organization, query('q', { ...text, maxLength: 100 }), query('class', { enum: CASE_CLASSES })],
				...[query('field', text), query('year', text), query('page', { ...number, minimum: 1, default: 1 })]
			],
			responses: {
				200: answer(
					'What was found.',
					object({
						organization: object({ id: text, name: text, demonstration: { type: 'boolean' } }),
						...{ found: number, page: number, pages: number, answers: list(ref('PublishedAnswer')) }
					})
				),
				...refusals('query-invalid', 'not-found')
			}
		}
	},
	'/api/v1/register/{organization}/{number}': {
		get: {
			summary: 'One published answer by its number; what is not published, or was taken back, is not there.',
			parameters: [organization, { name: 'number', in: 'path', required: true, schema: text }],
			responses: { 200: answer('The answer.', ref('PublishedAnswer')), ...refusals('not-found') }
		}
	}
};

export const registerSchemas = {
	PublishedAnswer: object({
		...{ number: text, class: { enum: CASE_CLASSES }, fieldId: text, question: text, answer: text },
		...{ received: day, answered: day, published: day }
	})
};
