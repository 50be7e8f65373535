import { METHODS } from '../../domain/report/method.ts';
import { PARTICIPATION_BY } from '../../domain/report/participation.ts';
import { PRESETS } from '../../domain/report/period.ts';
import { DIMENSIONS } from '../../domain/report/table.ts';
import { CHANNEL_CHOICES, CHANNELS } from '../../domain/submission/channel.ts';
import { answer, day, list, object, query, ref, refusals, text } from './openapi-parts.ts';

/** The part of the API's description that is about results. */
export const indexPaths = {
	'/api/v1/index': {
		get: {
			summary:
				'The five criteria by a dimension, as the dashboard draws them; small cells withheld. Only official channels ' +
				'count; by channel the others have a row too, with the gap to the total, which never holds them. By version a row ' +
				'is a questionnaire, drawn by what it asks, and the total is of the chosen `version` and its series. Of a period from ' +
				'`from` to `to`, or of the calendar period `preset` that holds the day `at` (today unless said). Every answer is ' +
				'logged as an export.',
			security: [{ session: [] }],
			parameters: [
				query('by', { enum: DIMENSIONS }),
				query('from', day),
				query('to', day),
				query('preset', { enum: PRESETS }),
				query('at', day),
				query('officer', text),
				query('counter', text),
				query('field', text),
				query('site', text),
				query('method', { enum: METHODS }),
				query('version', text),
				query('channel', { enum: CHANNEL_CHOICES, default: 'official' }),
				query('compare', { enum: ['true', 'false'], default: 'false' }),
				query('org', text)
			],
			responses: {
				200: answer('The table; with `compare=true` also how it moved.', ref('IndexTable')),
				...refusals('query-invalid', 'sign-in-required', 'forbidden', 'too-many-requests')
			}
		}
	},
	'/api/v1/participation': {
		get: {
			summary:
				'How many were served, began at a tablet and answered, with the rates, as the page of participation shows it. Sheets are ' +
				'released ones; how many began is of days that are over, in blocks of 5, or 10 of one officer. Every answer is logged as ' +
				'an export.',
			security: [{ session: [] }],
			parameters: [
				query('by', { enum: PARTICIPATION_BY, default: 'counter' }),
				...[
					query('from', day),
					query('to', day),
					query('preset', { enum: PRESETS }),
					query('at', day),
					query('org', text)
				]
			],
			responses: {
				200: answer('The rows and everything together.', ref('Participation')),
				...refusals('query-invalid', 'sign-in-required', 'forbidden', 'too-many-requests')
			}
		}
	},
	'/api/v1/index/codebook': {
		get: {
			summary: 'What the figures mean, in Vietnamese and English, by the names that the files have as columns.',
			responses: { 200: answer('One entry a name.', list(object({ column: text, vi: text, en: text }))) }
		}
	}
};

const gaps = { criteria: { type: 'object', additionalProperties: ref('Gap') }, sipas: ref('Gap') };
const since = {
	oneOf: [
		object({
			from: day,
			to: day,
			rows: list(object({ key: { type: ['string', 'null'] }, ...gaps })),
			total: object(gaps)
		}),
		{ type: 'null' }
	]
};

const number = { type: 'integer' };
const withheld = { type: ['integer', 'null'] };
const rate = {
	oneOf: [object({ value: { type: 'number' }, low: { type: 'number' }, high: { type: 'number' } }), { type: 'null' }]
};
const figures = { served: number, answered: withheld, rate, begun: number, onTablet: withheld, begunRate: rate };

export const indexSchemas = {
	Participation: object({
		...{ by: { enum: PARTICIPATION_BY }, from: day, to: day, total: object(figures) },
		rows: list(object({ key: { type: ['string', 'null'] }, name: text, ...figures }))
	}),
	IndexChanges: {
		...object({ before: since, yearBefore: since }),
		description:
			'Percentage points since the period before and since the same period a year before; null where nothing is shown of then.'
	},
	Cell: {
		oneOf: [
			object({
				...{ value: { type: 'number' }, n: { type: 'integer' }, low: { type: 'number' }, high: { type: 'number' } },
				...{ verdict: { enum: ['met', 'not-met', 'not-enough', null] }, advisory: { type: 'boolean' } }
			}),
			object({ withheld: { const: 'small' } })
		]
	},
	Gap: {
		description: 'Percentage points, with the 95 % interval.',
		oneOf: [
			object({ value: { type: 'number' }, low: { type: 'number' }, high: { type: 'number' } }),
			object({ withheld: { const: 'small' } })
		]
	},
	IndexRow: object(
		{
			...{ key: { type: ['string', 'null'] }, name: text, sheets: { type: ['integer', 'null'] } },
			...{ criteria: { type: 'object', additionalProperties: ref('Cell') }, sipas: ref('Cell'), score: ref('Cell') },
			gap: {
				...object({ criteria: { type: 'object', additionalProperties: ref('Gap') }, sipas: ref('Gap') }),
				description: 'Only of a channel that is not official: how far it lies from the total, which does not hold it.'
			},
			series: { ...text, description: 'Only by version: rows of different series can not be compared.' },
			apart: {
				const: true,
				description:
					'Only of a version of another series than the chosen one: it is in no total and compared with none.'
			}
		},
		['gap', 'series', 'apart']
	),
	IndexTable: object(
		{
			...{
				method: { enum: METHODS },
				by: { enum: DIMENSIONS },
				channels: list({ enum: CHANNELS }),
				versionId: text,
				from: day,
				to: day,
				target: { type: 'number' },
				targets: { type: 'object', additionalProperties: { type: 'number' } }
			},
			...{ rows: list(ref('IndexRow')), total: ref('IndexRow') },
			changes: ref('IndexChanges')
		},
		['changes']
	)
};
