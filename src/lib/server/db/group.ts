import { noteCommit, noteWaiting } from '../http/metrics.ts';
import { turnsForNewcomers } from './turn.ts';

/**
 * Group commit: requests that arrive while a commit runs go together into the next one, and each is answered only after its own
 * commit. No timer: under load the running commit is the gathering window.
 *
 * SQLite's commit blocks the loop, and what arrived meanwhile waits in the sockets and in the pool that checks signatures. So the
 * loop turns before each group: without it every request would find the group idle and pay for a commit of its own.
 */
export class CommitGroup<Request, Answer> {
	#waiting: Waiting<Request, Answer>[] = [];
	#running = false;
	readonly #weigh: (request: Request) => number;
	readonly #commitAll: (requests: Request[]) => Promise<Answer[]>;
	readonly #most: number;

	/** `commitAll` answers in the order of the requests; one group weighs at most `most`, but always holds one request. */
	constructor(
		weigh: (request: Request) => number,
		commitAll: (requests: Request[]) => Promise<Answer[]>,
		most: number
	) {
		this.#weigh = weigh;
		this.#commitAll = commitAll;
		this.#most = most;
	}

	submit(request: Request): Promise<Answer> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ request, resolve, reject });
			noteWaiting(1);
			if (!this.#running) void this.#run();
		});
	}

	async #run() {
		this.#running = true;
		while (this.#waiting.length > 0) {
			await turnsForNewcomers();
			const group = this.#take();
			noteWaiting(-group.length);
			const begun = performance.now();
			try {
				const answers = await this.#commitAll(group.map(({ request }) => request));
				group.forEach(({ resolve }, i) => resolve(answers[i]));
			} catch (problem) {
				if (group.length === 1) group[0].reject(problem);
				else await this.#oneByOne(group);
			} finally {
				const size = group.reduce((sum, { request }) => sum + this.#weigh(request), 0);
				noteCommit(size, performance.now() - begun);
			}
		}
		this.#running = false;
	}

	/** One request that the database will not take must not take its neighbours with it. */
	async #oneByOne(group: Waiting<Request, Answer>[]) {
		for (const { request, resolve, reject } of group) {
			await this.#commitAll([request]).then(([answer]) => resolve(answer), reject);
		}
	}

	#take(): Waiting<Request, Answer>[] {
		let weight = 0;
		let end = 0;
		while (end < this.#waiting.length) {
			weight += this.#weigh(this.#waiting[end].request);
			if (end > 0 && weight > this.#most) break;
			end++;
		}
		return this.#waiting.splice(0, end);
	}
}

interface Waiting<Request, Answer> {
	request: Request;
	resolve: (answer: Answer) => void;
	reject: (problem: unknown) => void;
}
