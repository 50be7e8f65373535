import { randomUUID } from 'node:crypto';

const DAY_SECONDS = 24 * 60 * 60;
const DEVICE = /^[\da-f-]{36}$/;

/**
 * A random number that a phone keeps for a day, so that a poster notices when one phone answers many times. It is compared in memory
 * and stored nowhere, least of all with a sheet; a phone that keeps none is as welcome.
 */
export function readDevice(cookies: string | undefined, origin: string): { device: string; cookie: string | null } {
	const secure = origin.startsWith('https:');
	const name = secure ? '__Host-device' : 'device-http';
	const pair = (cookies ?? '').split(/;\s*/).find((each) => each.startsWith(`${name}=`));
	const known = pair?.slice(name.length + 1) ?? '';
	if (DEVICE.test(known)) return { device: known, cookie: null };
	const device = randomUUID();
	const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${DAY_SECONDS}${secure ? '; Secure' : ''}`;
	return { device, cookie: `${name}=${device}; ${attributes}` };
}
