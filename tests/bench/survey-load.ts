import { seeded } from '../../src/lib/domain/shared/random.ts';
import { FIELD } from '../../src/lib/domain/survey/answering.ts';
import { SIPAS19 } from '../../src/lib/domain/survey/sipas19.ts';
import { newForm, sealForm } from '../../src/lib/server/http/survey-form.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { scoreOf } from './province.ts';
import { sendAll } from './wire.ts';

/** Citizens who send all 19 answers at once: a process of its own, which draws a round of forms first and then only sends. */
export interface FormPlan {
	secretKey: string;
	seed: number;
	port: number;
	/** Who is answered for: the posters' and tickets' own organization and id or hash. */
	targets: { kind: 'poster' | 'ticket'; organizationId: string; target: string; counterId: string }[];
}
export type FormOrder = { prepare: FormPlan } | { send: { port: number; connections: number } };

const PATH = '/api/v1/surveys/answers';
let requests: Buffer[] = [];

process.on('message', (order: FormOrder) => {
	if ('prepare' in order) {
		requests = prepare(order.prepare);
		process.send!('prepared');
	} else void sendAll(requests, order.send, isThanked).then((sent) => process.send!(sent));
});
process.on('disconnect', () => process.exit());

const isThanked = (answer: Buffer) =>
	answer.toString('latin1', 9, 12) === '303' && answer.includes('/thanks') && !answer.includes('again=');

function prepare({ secretKey, seed, port, targets }: FormPlan): Buffer[] {
	const random = seeded(seed).next;
	const secret = secretFrom(secretKey);
	const host = `127.0.0.1:${port}`;
	return targets.map(({ counterId, ...target }) => {
		const form = sealForm(secret, newForm({ ...target, code: 'k7m29qxd', versionId: SIPAS19.id }, Date.now()));
		const answers = SIPAS19.items.map(({ id }) => [FIELD.item(id), String(scoreOf(random()))]);
		const body = String(
			new URLSearchParams([['form', form], ['page', 'all'], ['lang', 'vi'], ...answers, ['comment', '']])
		);
		return Buffer.from(
			`POST ${PATH} HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nSec-Fetch-Site: same-origin\r\n` +
				// Where it counts: the product knows it from the seal, the bare peer from here.
				`X-Place: ${counterId}.${target.kind}\r\n` +
				`Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
		);
	});
}
