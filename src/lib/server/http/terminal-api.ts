import { createPublicKey } from 'node:crypto';
import * as v from 'valibot';
import { isLocalDay } from '../../domain/shared/time.ts';
import { MOST_BEGUN, MOST_TIMES } from '../../domain/terminal/begun.ts';
import type { HeartbeatAnswer, PairingRequested } from '../../domain/terminal/configuration.ts';
import { normalizePairingCode } from '../../domain/terminal/pairing.ts';
import type { Serving } from '../serving.ts';
import { readConfiguration, readPairingState, readRevision } from '../terminal/reads.ts';
import { acceptDutyChanges, requestPairing, storeHeartbeat } from '../terminal/writes.ts';
import { json, nothing, parseJson, type Answer, type Call } from './call.ts';
import { mayMissPairing, mayRequestPairing } from './limits.ts';
import { drawQr, type QrDrawing } from './qr.ts';
import { Refusal } from './problem.ts';
import { requireTerminal } from './terminal-guard.ts';

const coordinate = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
/** Exactly the public half of a P-256 key; whatever else was sent, a private half above all, is not kept. */
const publicKeySchema = v.object({ kty: v.literal('EC'), crv: v.literal('P-256'), x: coordinate, y: coordinate });

/** `POST /api/v1/terminals/pairings`: anybody may ask, nothing comes of it but by an administrator's hand. */
export async function answerPairingRequest({ db, environment }: Serving, call: Call, now: number): Promise<Answer> {
	const { publicKey } = parseBody(call, v.object({ publicKey: publicKeySchema }));
	if (!isOnCurve(publicKey)) throw new Refusal('body-malformed');
	if (!(await mayRequestPairing())) throw new Refusal('too-many-requests');
	const { code, expiresAt } = await requestPairing(db, publicKey, now);
	const approveUrl = `${environment.origin}/admin/terminals?code=${code}`;
	const requested: PairingRequested & QrDrawing = {
		code,
		approveUrl,
		expiresAt: new Date(expiresAt).toISOString(),
		...drawQr(approveUrl)
	};
	return json(requested, 201);
}

/** `GET /api/v1/terminals/pairings/CODE`, asked every few seconds by the tablet that shows the code. */
export async function answerPairingState({ db }: Serving, text: string, now: number): Promise<Answer> {
	const code = normalizePairingCode(text);
	const state = code && (await readPairingState(db, code, now));
	if (state) return json(state);
	throw new Refusal((await mayMissPairing()) ? 'pairing-unknown' : 'too-many-requests');
}

/** `GET /api/v1/terminals/configuration`, signed; 304 while the tablet's copy is the newest. */
export async function answerConfiguration({ db }: Serving, call: Call, now: number): Promise<Answer> {
	const terminal = await requireTerminal(db, call);
	const configuration = await readConfiguration(db, terminal, now);
	const etag = `"${configuration.revision}"`;
	const known = (call.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
	const headers = { etag, 'cache-control': 'private, no-cache' };
	return known.includes(etag) ? { status: 304, headers, body: '' } : json(configuration, 200, headers);
}

export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000));
const bytes = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const instant = v.pipe(
	v.string(),
	v.isoTimestamp(),
	v.check((text) => !Number.isNaN(Date.parse(text)))
);
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const times = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_TIMES));
const heartbeatSchema = v.object({
	// Printable: PostgreSQL can hold neither a NUL nor half a surrogate pair.
	appVersion: v.pipe(v.string(), v.regex(/^[ -~]{0,64}$/)),
	made: count,
	queued: count,
	oldestQueuedAt: v.nullable(instant),
	refused: count,
	battery: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
	charging: v.nullable(v.boolean()),
	clockOffset: v.nullable(v.pipe(v.number(), v.finite())),
	storagePersisted: v.boolean(),
	storageUsed: v.nullable(bytes),
	storageQuota: v.nullable(bytes),
	begun: v.optional(
		v.pipe(
			v.array(v.object({ day: v.pipe(v.string(), v.check(isLocalDay)), dutyId: v.nullable(id), times })),
			v.maxLength(MOST_BEGUN)
		)
	)
});

/** `POST /api/v1/terminals/heartbeat`, signed: how the tablet is; answers whether there is a newer configuration. */
export async function answerHeartbeat({ db }: Serving, call: Call, now: number): Promise<Answer> {
	const terminal = await requireTerminal(db, call);
	await storeHeartbeat(db, terminal, parseBody(call, heartbeatSchema), now);
	const { revision, serverTime } = await readRevision(db, terminal, now);
	return json({ serverTime, revision } satisfies HeartbeatAnswer);
}

const dutiesSchema = v.object({
	duties: v.pipe(
		v.array(v.object({ id, officerId: v.nullable(id), startsAt: instant })),
		v.minLength(1),
		v.maxLength(500)
	)
});

/** `POST /api/v1/terminals/duties`, signed: changes of the officer on duty made on the tablet, maybe days ago. */
export async function answerDuties({ db }: Serving, call: Call, now: number): Promise<Answer> {
	const terminal = await requireTerminal(db, call);
	const { duties } = parseBody(call, dutiesSchema);
	const accepted = await acceptDutyChanges(db, terminal, duties, now);
	if (!accepted.ok) throw new Refusal(accepted.reason);
	return nothing;
}

export function parseBody<Schema extends v.GenericSchema>(call: Call, schema: Schema): v.InferOutput<Schema> {
	if (!/^application\/json\b/i.test(call.header('content-type') ?? '')) throw new Refusal('content-type');
	const parsed = v.safeParse(schema, parseJson(call.body));
	if (!parsed.success) throw new Refusal('body-malformed');
	return parsed.output;
}

function isOnCurve(publicKey: JsonWebKey): boolean {
	try {
		createPublicKey({ key: publicKey as Record<string, string>, format: 'jwk' });
		return true;
	} catch {
		return false;
	}
}
