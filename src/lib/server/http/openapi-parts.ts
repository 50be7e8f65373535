import { PROBLEMS, type ProblemCode } from './problem.ts';

/** What the description of the API is put together from. */
export type Schema = Record<string, unknown>;

export const text = { type: 'string' };
export const day = { type: 'string', format: 'date' };
export const instant = { type: 'string', format: 'date-time' };

export const object = (properties: Record<string, Schema>, optional: string[] = []): Schema => ({
	type: 'object',
	properties,
	required: Object.keys(properties).filter((name) => !optional.includes(name))
});

export const list = (items: Schema, limits: Schema = {}): Schema => ({ type: 'array', items, ...limits });

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

export const answer = (description: string, schema: Schema) => ({
	description,
	content: { 'application/json': { schema } }
});

export const query = (name: string, schema: Schema, required = false) => ({ name, in: 'query', required, schema });

/** Refusals under their status; two codes of one status are named together. */
export function refusals(...codes: ProblemCode[]) {
	const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
	return Object.fromEntries(
		[...byStatus].map(([status, own]) => [
			status,
			answer(own.map((code) => `\`${code}\`: ${PROBLEMS[code].message}`).join(' '), ref('Problem'))
		])
	);
}
