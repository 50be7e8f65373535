import { randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{32}$/;

/** The name of a request in the log: a proxy's, where it is of a form that carries nothing else; else a new one. */
export function requestIdOf(proposed: string | string[] | undefined): string {
	return typeof proposed === 'string' && (UUID.test(proposed) || HEX.test(proposed)) ? proposed : randomUUID();
}
