import type {
	PairingRequested,
	PairingState,
	TerminalConfiguration
} from '../../src/lib/domain/terminal/configuration.ts';
import type { TabletSeat } from './simulation.ts';
import { newKeys, Wire, type WireAnswer } from './wire.ts';

export interface Administrator {
	login: string;
	password: string;
}

const PAIRINGS = '/api/v1/terminals/pairings';
const APPROVALS = '/admin/terminals';

/**
 * Pairs so many tablets with a running server as people would: each shows a code, an administrator approves it for a counter in
 * turn. Throws a sentence where the server refuses.
 */
export async function pairTablets(origin: string, administrator: Administrator, count: number): Promise<TabletSeat[]> {
	const wire = new Wire(origin, 4);
	try {
		const staff = new Staff(wire, origin, await signIn(wire, origin, administrator));
		const seats: TabletSeat[] = [];
		for (let number = 1; number <= count; number++) seats.push(await pairOne(wire, staff, number));
		return seats;
	} finally {
		wire.close();
	}
}

async function pairOne(wire: Wire, staff: Staff, number: number): Promise<TabletSeat> {
	const { publicKey, privateKey } = newKeys();
	const asked = await wire.call('POST', PAIRINGS, { body: JSON.stringify({ publicKey }) });
	const { code } = read<PairingRequested>(asked, 201);
	await staff.approve(code, number);
	const state = read<PairingState>(await wire.call('GET', `${PAIRINGS}/${code}`), 200);
	if (state.state !== 'approved') throw new Error(`The pairing of tablet ${number} is ${state.state}, not approved.`);
	const id = state.terminalId;
	const answer = await wire.signed({ id, privateKey }, 'GET', '/api/v1/terminals/configuration', Date.now());
	const { duties, fieldId, questionnaire } = read<TerminalConfiguration>(answer, 200);
	const dutyIds = duties.length > 0 ? duties.map((duty) => duty.id) : [null];
	return { id, privateKey, place: { dutyIds, fieldIds: [fieldId], versionId: questionnaire.id } };
}

async function signIn(wire: Wire, origin: string, administrator: Administrator): Promise<string> {
	const answer = await wire.call('POST', '/sign-in', form(origin, { ...administrator }));
	const cookie = answer.headers['set-cookie']?.map((line) => line.split(';', 1)[0]).join('; ');
	if (answer.status !== 303 || !cookie) throw new Error(`Signing in was refused (${answer.status}).`);
	return cookie;
}

/** A signed-in administrator at the page that approves tablets. */
class Staff {
	readonly #wire: Wire;
	readonly #origin: string;
	readonly #cookie: string;

	constructor(wire: Wire, origin: string, cookie: string) {
		this.#wire = wire;
		this.#origin = origin;
		this.#cookie = cookie;
	}

	async approve(code: string, number: number) {
		const page = await this.#wire.call('GET', `${APPROVALS}?code=${code}`, { headers: { cookie: this.#cookie } });
		const choices = /<select[^>]*name="counterId"[^]*?<\/select>/.exec(page.text)?.[0] ?? '';
		const counters = [...choices.matchAll(/<option[^>]*value="([^"]+)"/g)].map(([, counterId]) => counterId);
		if (counters.length === 0) throw new Error(`No counter is offered for the code ${code} (${page.status}).`);
		const counterId = counters[number % counters.length];
		const filled = { code, counterId, name: `Máy mô phỏng ${number}`, mode: 'rotating' };
		const answer = await this.#wire.call('POST', `${APPROVALS}?/approve`, form(this.#origin, filled, this.#cookie));
		if (answer.status !== 303) throw new Error(`The approval of the code ${code} was refused (${answer.status}).`);
	}
}

function form(origin: string, fields: Record<string, string>, cookie = '') {
	const headers = { 'content-type': 'application/x-www-form-urlencoded', origin, cookie, accept: 'text/html' };
	return { body: new URLSearchParams(fields).toString(), headers };
}

function read<Value>({ status, text }: WireAnswer, expected: number): Value {
	if (status !== expected) throw new Error(`The server answered ${status || 'nothing'}: ${text.slice(0, 200)}`);
	return JSON.parse(text) as Value;
}
