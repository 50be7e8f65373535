import type { Heartbeat, HeartbeatAnswer, TerminalConfiguration } from '$lib/domain/terminal/configuration.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { isAsleep } from '$lib/domain/terminal/opening.ts';
import { volumeAt } from '$lib/domain/terminal/volume.ts';
import { Api, type ApiAnswer } from './api.ts';
import { BegunVisits } from './begun.ts';
import { chime } from './chime.ts';
import { Clock } from './clock.ts';
import { dropFact, openDatabase, readFact, writeFact, type Database } from './database.ts';
import { condition, stayAwake, storageIsKept } from './device.ts';
import { Duties } from './duties.ts';
import { Flow } from './flow.svelte.ts';
import { Identity } from './identity.ts';
import { Outbox } from './outbox.ts';
import { Pairing } from './pairing.svelte.ts';
import { rescueOnce } from './rescue.ts';
import { onDuty } from './roster.ts';
import { StaffPin } from './staff-pin.ts';
import { Update } from './update.ts';
import { Uploader } from './uploader.ts';
import { APP_VERSION } from './version.ts';

const HEARTBEAT_MS = 60_000;
const LOOK_AT_ROSTER_MS = 15_000;
/** A window that is just being reloaded lets go within this time. */
const PATIENCE_MS = 2000;
/** Whoever wakes the tablet out of hours has it for so long. */
const AWAKE_MS = 5 * 60_000;
const RESCUE = '/api/v1/terminals/rescue';

/**
 * *insecure* and *unkept*: this browser cannot promise that nothing is lost, so the tablet does not enter service. It pairs all the
 * same: the administrator then sees why it takes no ratings.
 */
export type Phase =
	'starting' | 'insecure' | 'unkept' | 'pairing' | 'fetching' | 'service' | 'dismissed' | 'broken' | 'elsewhere';

/** The whole tablet: brings its parts up in order, and carries news between them and the server. */
export class Tablet {
	#phase = $state<Phase>('starting');
	#pairing = $state.raw<Pairing | null>(null);
	#flow = $state.raw<Flow | null>(null);
	/** The last trouble with the server, for the staff; '' when the last call went well. */
	#trouble = $state('');
	#parts: Parts | null = null;
	#terminalId = '';
	/** The server has said so; the phase follows between two visits. */
	#dismissed = false;
	/** A dismissed tablet hands over what it still holds, or has done so; '' while nobody lets it. */
	#rescue = $state<'' | 'rescuing' | 'rescued'>('');
	#asleep = $state(false);
	#awakeUntil = 0;
	/** The storage is kept for good, or somebody tries a demonstration and knows that it is not. */
	#trusted = false;
	#configuration: { etag: string; value: TerminalConfiguration } | null = null;

	get phase() {
		return this.#phase;
	}
	get pairing() {
		return this.#pairing;
	}
	get flow() {
		return this.#flow;
	}
	get trouble() {
		return this.#trouble;
	}
	get rescue() {
		return this.#phase === 'dismissed' ? this.#rescue : '';
	}
	/** Out of hours, and nobody is here: the screen may be dark. */
	get asleep() {
		return this.#asleep;
	}
	get terminalId() {
		return this.#terminalId;
	}

	/** Only a demonstration may be tried in a browser that could lose answers. */
	get mayTry() {
		return this.#phase === 'unkept' && this.#configuration?.value.organization.demonstration === true;
	}

	async tryAnyway() {
		if (!this.mayTry) return;
		await writeFact(this.#the.db, 'trial', true);
		this.#trusted = true;
		this.#serve();
	}

	async start(): Promise<void> {
		if (!isSecureContext) return this.#enter('insecure');
		try {
			this.#trusted = await storageIsKept();
			await this.#onlyHere();
			await this.#bringUp();
		} catch {
			this.#enter('broken');
		}
	}

	/** One window of this tablet at a time: two would number, seal and send each other's sheets. */
	async #onlyHere() {
		const patience = setTimeout(() => this.#enter('elsewhere'), PATIENCE_MS);
		const held = new Promise<never>(() => {});
		await new Promise<void>((resolve) => void navigator.locks.request('tablet', () => (resolve(), held)));
		clearTimeout(patience);
	}

	async #bringUp() {
		const db = await openDatabase();
		this.#trusted ||= (await readFact(db, 'trial')) === true;
		const parts = await assemble(db, () => this.#uploader?.wake());
		this.#parts = parts;
		await parts.outbox.seal();
		stayAwake();
		void parts.update.start().catch(() => {});
		this.#terminalId = (await readFact(db, 'terminalId')) ?? (await this.#pair(parts));
		this.#configuration = (await readFact(db, 'configuration')) ?? null;
		this.#dismissed = Boolean(await readFact(db, 'dismissed'));
		if (this.#dismissed) this.#enter('dismissed');
		else this.#serve();
		this.#work();
	}

	async #pair({ db, api, identity }: Parts): Promise<string> {
		this.#pairing = new Pairing(api, identity);
		this.#enter('pairing');
		const terminalId = await this.#pairing.approved();
		await writeFact(db, 'terminalId', terminalId);
		this.#pairing = null;
		return terminalId;
	}

	/** Into service with the last good configuration, or wait for the first one. */
	#serve() {
		const { outbox, clock, duties, begun } = this.#the;
		const configuration = this.#configuration?.value;
		if (!configuration) return this.#enter('fetching');
		if (!this.#trusted) return this.#enter('unkept');
		const ports = {
			outbox,
			stamp: () => clock.stamp(),
			random: Math.random,
			newId: () => crypto.randomUUID(),
			begun: (dutyId: string | null) => begun.count(localDay(clock.now()), dutyId),
			thanked: () => this.#flow && chime(volumeAt(this.#flow.configuration.profile, clock.now())),
			rested: () => this.#tidy()
		};
		this.#flow ??= new Flow(ports, configuration, onDuty(configuration, duties.changes, clock.now()));
		this.#enter('service');
		this.#tidy();
	}

	/** Somebody touches the dark screen. */
	wakeUp() {
		this.#awakeUntil = performance.now() + AWAKE_MS;
		this.#asleep = false;
	}

	#uploader: Uploader | null = null;

	#work() {
		const { outbox, duties, api } = this.#the;
		const terminalId = this.#terminalId;
		this.#uploader = new Uploader({
			outbox,
			sendDuties: () => duties.send(api, terminalId),
			send: (body) => this.#signed('POST', '/api/v1/submissions', body),
			random: Math.random,
			stepped: (code) => (this.#trouble = code)
		});
		void this.#uploader.run();
		this.#uploader.wake();
		setInterval(() => void this.#heartbeat(), HEARTBEAT_MS);
		setInterval(() => this.#tidy(), LOOK_AT_ROSTER_MS);
		addEventListener('online', () => void this.#heartbeat());
		void this.#refresh().then(() => this.#heartbeat());
	}

	/** Between two visits: the roster of the moment, a newer configuration, a newer program. */
	#tidy() {
		const { clock, duties, update } = this.#the;
		const configuration = this.#configuration?.value;
		if (!configuration || !this.#flow) return;
		const rests = this.#flow.arrange(configuration, onDuty(configuration, duties.changes, clock.now()));
		if (rests && this.#dismissed) return this.#enter('dismissed');
		if (rests) update.swap();
		this.#asleep = rests && performance.now() > this.#awakeUntil && isAsleep(configuration.opening, clock.now());
	}

	/**
	 * A dismissed tablet asks whether it may hand over what it still holds. Not as other calls, whose success takes it back into
	 * service.
	 */
	async #handOver() {
		if (this.#phase !== 'dismissed' || this.#rescue === 'rescuing') return;
		const { api, outbox } = this.#the;
		const terminalId = this.#terminalId;
		const { status } = await api.call('GET', RESCUE, { terminalId });
		if (status !== 200) return;
		this.#rescue = 'rescuing';
		const send = (body: string) => api.call('POST', RESCUE, { body, terminalId });
		for (;;) {
			const step = await rescueOnce(outbox, () => outbox.status(), send, Math.random);
			if (step.outcome === 'sent' && step.more) continue;
			this.#rescue = step.outcome === 'kept' ? '' : 'rescued';
			return;
		}
	}

	async #heartbeat() {
		await this.#handOver();
		const { begun, clock } = this.#the;
		const untold = begun.untold();
		const body: Heartbeat = { ...(await this.describe()), ...(untold.length > 0 && { begun: untold }) };
		const answer = await this.#signed('POST', '/api/v1/terminals/heartbeat', JSON.stringify(body));
		const news = answer.status === 200 ? (answer.value as HeartbeatAnswer | null) : null;
		if (answer.status !== 0) this.#uploader?.reached();
		if (news) begun.told(untold, localDay(clock.now()));
		if (news && news.revision !== this.#configuration?.value.revision) await this.#refresh();
	}

	/** Fetches the configuration where it has changed, and keeps it; anything unreadable leaves the last good one. */
	async #refresh() {
		const { db, duties } = this.#the;
		const told = [...duties.changes];
		const answer = await this.#signed('GET', '/api/v1/terminals/configuration', undefined, this.#configuration?.etag);
		if (answer.status !== 200 || !isConfiguration(answer.value)) return;
		this.#configuration = { etag: answer.etag ?? '', value: answer.value };
		await writeFact(db, 'configuration', this.#configuration);
		await duties.forget(told);
		for (const { photo } of answer.value.officers) if (photo) new Image().src = photo;
		if (this.#phase === 'fetching') this.#serve();
		this.#tidy();
	}

	async #signed(method: 'GET' | 'POST', path: string, body?: string, etag?: string): Promise<ApiAnswer> {
		const answer = await this.#the.api.call(method, path, { body, etag, terminalId: this.#terminalId });
		if (answer.status !== 0) this.#trouble = answer.status < 400 ? '' : answer.code;
		if (answer.status === 403 && answer.code === 'terminal-revoked') await this.#dismiss(answer.code);
		else if (this.#dismissed && answer.status >= 200 && answer.status < 400) await this.#reinstate();
		return answer;
	}

	/**
	 * The server will not have this tablet any more: no new answers, but what is here stays here. Whoever is in the middle of a visit
	 * finishes it, and is thanked.
	 */
	async #dismiss(code: string) {
		if (this.#dismissed) return;
		this.#dismissed = true;
		if (this.#flow?.resting ?? true) this.#enter('dismissed');
		await writeFact(this.#the.db, 'dismissed', code);
	}

	async #reinstate() {
		this.#dismissed = false;
		await dropFact(this.#the.db, 'dismissed');
		this.#serve();
	}

	/** What the heartbeat says and the staff corner shows. */
	async describe(): Promise<Heartbeat> {
		const { outbox, clock } = this.#the;
		const { made, queued, oldest, refused } = await outbox.status();
		return {
			appVersion: APP_VERSION,
			made,
			queued,
			oldestQueuedAt: oldest,
			refused: refused.length,
			clockOffset: clock.offset,
			...(await condition())
		};
	}

	/** For the staff corner. */
	get staff() {
		const { outbox, pin, duties, clock, db } = this.#the;
		return {
			outboxStatus: () => outbox.status(),
			lockedForMs: () => pin.lockedForMs(),
			tryPin: async (typed: string) => {
				const expected = this.#configuration?.value.pin;
				return expected ? pin.try(typed, expected) : { open: true as const };
			},
			putOnDuty: async (officerId: string | null) => {
				await duties.change(crypto.randomUUID(), officerId, clock.stamp());
				this.#uploader?.wake();
				this.#tidy();
			},
			pairAgain: async () => {
				await Identity.forget(db);
				location.reload();
			}
		};
	}

	get #the(): Parts {
		if (!this.#parts) throw new Error('the tablet has not started');
		return this.#parts;
	}

	#enter(phase: Phase) {
		this.#phase = phase;
	}
}

interface Parts {
	db: Database;
	identity: Identity;
	clock: Clock;
	api: Api;
	outbox: Outbox;
	duties: Duties;
	begun: BegunVisits;
	pin: StaffPin;
	update: Update;
}

async function assemble(db: Database, changed: () => void): Promise<Parts> {
	const identity = await Identity.load(db);
	const clock = await Clock.load(db);
	return {
		db,
		identity,
		clock,
		api: new Api(identity, clock),
		outbox: new Outbox(db, changed),
		duties: await Duties.load(db),
		begun: await BegunVisits.load(db),
		pin: new StaffPin(db, Date.now),
		update: new Update()
	};
}

// Enough to serve citizens with: a proxy's page or half an answer must never replace the last good configuration.
function isConfiguration(value: unknown): value is TerminalConfiguration {
	const { revision, counter, questionnaire, profile, officers, duties } = (value ??
		{}) as Partial<TerminalConfiguration>;
	const parts = [revision, counter?.number, questionnaire?.items?.length, profile?.mode, officers, duties];
	return parts.every(Boolean);
}
