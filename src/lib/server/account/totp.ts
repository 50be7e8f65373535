import { createHmac } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app knows it. */
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const PERIOD_MS = 30_000;
const SECRET_BYTES = 20;

/**
 * The time step a code belongs to, or null where it is none of this secret's: now, or one step away, for clocks differ. Whoever takes
 * a code keeps its step, for no code is good twice.
 */
export function totpStep(secret: string, code: string, now: number): number | null {
	const token = code.replace(/\s/g, '');
	if (!/^\d{6}$/.test(token)) return null;
	const delta = TOTP.validate({ ...SETTINGS, secret: Secret.fromBase32(secret), token, timestamp: now, window: 1 });
	return delta === null ? null : Math.floor(now / PERIOD_MS) + delta;
}

/**
 * The secret that this session may set, in base 32: made from the session's token, which only its browser knows, it is the same
 * until it is set, and nothing has to be stored before.
 */
export function secretOf(token: string): string {
	const bytes = createHmac('sha256', token).update('second factor').digest().subarray(0, SECRET_BYTES);
	return new Secret({ buffer: new Uint8Array(bytes).buffer }).base32;
}

/** Without marks: each would be six signs of the QR, twice, and old phones read a dense one badly. */
const ISSUER = 'Lang nghe';

/** What the QR holds (otpauth://…). */
export function otpauthAddress({ secret, login }: { secret: string; login: string }): string {
	return new TOTP({ ...SETTINGS, secret: Secret.fromBase32(secret), label: login, issuer: ISSUER }).toString();
}
