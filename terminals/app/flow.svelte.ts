import { nextCriterion } from '$lib/domain/terminal/rotation.ts';
import type { Criterion, Locale } from '$lib/domain/survey/criterion.ts';
import { OUTCOME_NOT_SERVED, type Item, type Reason } from '$lib/domain/survey/questionnaire.ts';
import { reasonsFor } from '$lib/domain/survey/reasons.ts';
import { LOW_SCORE, type Score } from '$lib/domain/survey/scale.ts';
import type { Sheet } from '$lib/domain/submission/sheet.ts';
import type { TerminalConfiguration } from '$lib/domain/terminal/configuration.ts';
import type { Outbox } from './outbox.ts';
import type { OnDuty } from './roster.ts';

/** What the citizen sees. Question 1 without a sheet is the waiting screen: one tap on it is a complete answer. */
export type Step =
	| { screen: 'question'; item: Item; number: number; of: number }
	| { screen: 'reasons'; item: Item; reasons: Reason[] }
	| { screen: 'thanks'; undo: boolean }
	| { screen: 'trouble' };

interface Ports {
	outbox: Pick<Outbox, 'begin' | 'amend' | 'seal' | 'asked'>;
	/** The corrected local time stamp of now. */
	stamp: () => string;
	random: () => number;
	newId: () => string;
	/** Somebody has begun: the first touch of a visit, answered or not. */
	begun?: (dutyId: string | null) => void;
	/** Told when the thanks appear, and when nothing of the visit is on the screen any more. */
	thanked?: () => void;
	rested?: () => void;
}

const LAST_SECONDS = 10;
/** After a visit the tablet takes no new answer for this long; the thanks fill the time. */
const LOCK_MS = 5000;
/** A second tap of a double tap must not answer the next question. */
const SETTLE_MS = 500;
const TROUBLE_MS = 8000;

/** One citizen's visit after the other: from the first tap to the thanks and back. Never shows what was chosen. */
export class Flow {
	#ports: Ports;
	#configuration: TerminalConfiguration;
	#asked: Record<Criterion, number> | null = null;
	#plan: Item[] = [];
	#sheet: Sheet | null = null;
	#replaces: string | null = null;
	#busy = false;
	#shownAt = -Infinity;
	#visited = false;
	#touchedAt = -Infinity;
	#timers: ReturnType<typeof setTimeout>[] = [];

	#step = $state.raw<Step>() as Step;
	#locale = $state<Locale>('vi');
	#onDuty = $state.raw<OnDuty>({ dutyId: null, officer: null });
	#secondsLeft = $state<number | null>(null);

	constructor(ports: Ports, configuration: TerminalConfiguration, onDuty: OnDuty) {
		this.#ports = ports;
		this.#configuration = configuration;
		this.#onDuty = onDuty;
		this.#rest();
	}

	get step() {
		return this.#step;
	}
	get locale() {
		return this.#locale;
	}
	get onDuty() {
		return this.#onDuty;
	}
	/** The last ten seconds before the follow-up closes by itself; null before. */
	get secondsLeft() {
		return this.#secondsLeft;
	}
	/** Nobody is in the middle of anything: settings, roster and program may change now. */
	get resting() {
		return this.#step.screen === 'question' && !this.#engaged && !this.#busy && this.#locale === this.#home;
	}
	get configuration() {
		return this.#configuration;
	}
	/** Whether there is another language to choose. */
	get bilingual() {
		return this.#languages.length > 1;
	}

	/** Takes over settings and roster between two visits; in the middle of one it changes nothing and says so. */
	arrange(configuration: TerminalConfiguration, onDuty: OnDuty): boolean {
		if (!this.resting) return false;
		const same = configuration === this.#configuration && onDuty.dutyId === this.#onDuty.dutyId;
		if (same && onDuty.officer?.id === this.#onDuty.officer?.id) return true;
		this.#configuration = configuration;
		this.#onDuty = onDuty;
		this.#rest();
		return true;
	}

	async choose(score: Score) {
		await this.#answer(score);
	}

	/** "I cannot say": the question was asked and does not apply. Only for a follow-up. */
	async skipQuestion() {
		if (this.#sheet) await this.#answer(null);
	}

	async chooseReason(code: string) {
		const { step } = this;
		if (step.screen !== 'reasons' || !this.#sheet) return;
		const sheet = { ...this.#sheet, reasons: [...this.#sheet.reasons, code] };
		if (await this.#store(() => this.#ports.outbox.amend(sheet).then(() => sheet))) await this.#next(step.item);
	}

	async skipReasons() {
		if (this.#step.screen === 'reasons' && this.#settled()) await this.#next(this.#step.item);
	}

	/** An outcome, not a score. In the middle of a visit it replaces what was tapped: a wrong attribution hurts a person. */
	async notServed() {
		if (this.#step.screen !== 'question' && this.#step.screen !== 'reasons') return;
		this.#noteVisit();
		const replaces = this.#sheet?.id ?? this.#replaces;
		const draft = { ...this.#draft(), reasons: [OUTCOME_NOT_SERVED], replaces };
		if (await this.#store(() => this.#ports.outbox.begin(draft, 'sealed', []))) await this.#finish();
	}

	/** "Chosen by mistake": the next tap makes a new sheet that replaces the one just sealed. */
	undo() {
		if (this.#step.screen !== 'thanks' || !this.#step.undo || !this.#sheet) return;
		this.#replaces = this.#sheet.id;
		this.#sheet = null;
		this.#plan = firstOnly(this.#configuration);
		this.#ask(0);
	}

	toggleLanguage() {
		if (!this.bilingual) return;
		this.#locale = this.#locale === 'vi' ? 'en' : 'vi';
		this.touch();
	}

	/** Any touch gives the citizen the full time again. */
	touch() {
		this.#noteVisit();
		if (this.#step.screen === 'question' || this.#step.screen === 'reasons') this.#countDown();
	}

	// A configuration from before there was a choice offers both.
	get #languages(): readonly Locale[] {
		return this.#configuration.profile.languages ?? ['vi', 'en'];
	}

	/** The language the tablet rests in. */
	get #home(): Locale {
		return this.#languages.includes('vi') ? 'vi' : (this.#languages[0] ?? 'vi');
	}

	get #engaged() {
		return this.#sheet !== null || this.#replaces !== null;
	}

	/** A touch that nobody followed up is over when the time for an answer is: the next one is somebody else's. */
	#noteVisit() {
		const idleMs = this.#configuration.profile.idleSeconds * 1000;
		const left = !this.#engaged && performance.now() - this.#touchedAt > idleMs;
		this.#touchedAt = performance.now();
		if (this.#visited && !left) return;
		this.#visited = true;
		this.#ports.begun?.(this.#onDuty.dutyId);
	}

	async #answer(value: Score | null) {
		const { step } = this;
		if (step.screen !== 'question') return;
		this.#noteVisit();
		const answer = { itemId: step.item.id, value };
		const sheet = this.#sheet;
		const stored = sheet
			? await this.#store(() => this.#amend({ ...sheet, answers: [...sheet.answers, answer] }))
			: await this.#store(() => this.#begin(answer));
		if (!stored) return;
		if (value !== null && value <= LOW_SCORE) this.#askWhy(step.item);
		else await this.#next(step.item);
	}

	async #begin(answer: Sheet['answers'][number]): Promise<Sheet> {
		this.#asked ??= await this.#ports.outbox.asked();
		this.#plan = planFor(this.#configuration, this.#asked, this.#ports.random());
		const asking = this.#plan.flatMap(({ criterion }) => criterion ?? []);
		for (const criterion of asking) this.#asked[criterion] += 1;
		const draft = { ...this.#draft(), answers: [answer], replaces: this.#replaces };
		return this.#ports.outbox.begin(draft, 'open', asking);
	}

	async #amend(sheet: Sheet): Promise<Sheet> {
		await this.#ports.outbox.amend(sheet);
		return sheet;
	}

	#draft(): Omit<Sheet, 'sequence'> {
		const { questionnaire, fieldId } = this.#configuration;
		return {
			id: this.#ports.newId(),
			versionId: questionnaire.id,
			dutyId: this.#onDuty.dutyId,
			fieldId,
			answeredAt: this.#ports.stamp(),
			locale: this.#locale,
			answers: [],
			reasons: [],
			comment: null,
			replaces: null
		};
	}

	/** Runs one durable write, one at a time. On failure nobody is thanked: the screen says that it was not stored. */
	async #store(write: () => Promise<Sheet>): Promise<boolean> {
		if (this.#busy || !this.#settled()) return false;
		this.#busy = true;
		try {
			this.#sheet = await write();
			this.#replaces = null;
			return true;
		} catch {
			this.#trouble();
			return false;
		} finally {
			this.#busy = false;
		}
	}

	#settled() {
		return performance.now() - this.#shownAt >= SETTLE_MS;
	}

	async #next(item: Item) {
		const index = this.#plan.indexOf(item) + 1;
		if (index < this.#plan.length) this.#ask(index);
		else await this.#finish();
	}

	#ask(index: number) {
		this.#show({ screen: 'question', item: this.#plan[index]!, number: index + 1, of: this.#plan.length });
		this.#countDown();
	}

	#askWhy(item: Item) {
		this.#show({ screen: 'reasons', item, reasons: reasonsFor(this.#configuration.questionnaire, item.criterion) });
		this.#countDown();
	}

	/** Same look, same time, whatever was chosen; for the last second only the offer to undo is gone. */
	async #finish() {
		const undoMs = this.#configuration.profile.thanksSeconds * 1000;
		this.#show({ screen: 'thanks', undo: true });
		this.#later(undoMs, () => (this.#step = { screen: 'thanks', undo: false }));
		this.#later(Math.max(undoMs, LOCK_MS), () => this.#leave());
		this.#ports.thanked?.();
		await this.#seal();
	}

	#trouble() {
		this.#show({ screen: 'trouble' });
		this.#later(TROUBLE_MS, () => this.#leave());
	}

	#leave() {
		void this.#seal();
		this.#rest();
		this.#ports.rested?.();
	}

	// What stays open is sealed at the next start; the answer itself is on the disk since the tap.
	async #seal() {
		await this.#ports.outbox.seal().catch(() => {});
	}

	#rest() {
		this.#visited = false;
		this.#sheet = null;
		this.#replaces = null;
		this.#locale = this.#home;
		this.#plan = firstOnly(this.#configuration);
		this.#show({ screen: 'question', item: this.#plan[0]!, number: 1, of: 1 });
	}

	#show(step: Step) {
		for (const timer of this.#timers.splice(0)) clearTimeout(timer);
		this.#secondsLeft = null;
		this.#shownAt = performance.now();
		this.#step = step;
	}

	#countDown() {
		for (const timer of this.#timers.splice(0)) clearTimeout(timer);
		this.#secondsLeft = null;
		if (!this.#engaged && this.#locale === this.#home) return;
		const { idleSeconds } = this.#configuration.profile;
		for (let left = Math.min(LAST_SECONDS, idleSeconds); left > 0 && this.#engaged; left--) {
			this.#later((idleSeconds - left) * 1000, () => (this.#secondsLeft = left));
		}
		this.#later(idleSeconds * 1000, () => this.#leave());
	}

	#later(ms: number, then: () => void) {
		this.#timers.push(setTimeout(then, ms));
	}
}

/** The item about the officer stands first; a questionnaire without one begins with its first item. */
function firstOnly({ questionnaire: { items } }: TerminalConfiguration): Item[] {
	return [items.find(({ criterion }) => criterion === 'PV') ?? items[0]!];
}

function planFor(configuration: TerminalConfiguration, asked: Record<Criterion, number>, random: number): Item[] {
	const { questionnaire, profile } = configuration;
	const [first] = firstOnly(configuration) as [Item];
	if (profile.mode === 'quick') return [first];
	const others = questionnaire.items.filter((item) => item !== first);
	if (profile.mode === 'full') return [first, ...others];
	const chosen = nextCriterion(asked, random);
	return [first, ...others.filter(({ criterion }) => criterion === chosen).slice(0, 1)];
}
