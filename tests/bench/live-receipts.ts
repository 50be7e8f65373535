import { gzipSync } from 'node:zlib';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { closeDialogue } from '../../src/lib/server/dialogue/closing/writes.ts';
import { quantile, round, type Figure } from './figure.ts';
import { anEndedDialogue } from './live-ended.ts';
import { freshFolder, startProduct } from './servers.ts';

const VOTERS = 5_000;
const LOOKS = 200;
const AT_ONCE = 8;
/** What a citizen's page may weigh at most without its script (DESIGN.md, numbers to hold), and how long one may look for oneself. */
const LIMIT_KB = 35;
const LIMIT_MS = 1_000;

/** The list of receipts after a full hall: how heavy its pages are, how long the first and any other look takes. */
export async function liveReceipts(seed: number): Promise<Figure> {
	const folder = freshFolder();
	try {
		const file = `${folder.path}/hall.db`;
		const { db, secret, id, room, version } = await anEndedDialogue(
			file,
			{ voters: VOTERS, versionId: SIPAS5.id },
			seed
		);
		await closeDialogue({ db, secret }, { dialogueId: id, expected: version, userId: 'u1', now: Date.now() });
		await db.store.close();
		const server = await startProduct(file);
		const look = async (path: string) => {
			const began = performance.now();
			const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
			const body = Buffer.from(await answer.arrayBuffer());
			if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
			return { took: performance.now() - began, body };
		};
		const page = `/live/${room}/receipts`;
		const first = await look(page);
		const receipts = (await look(`/api/v1/live/${room}/receipts?round=1`)).body.toString().split('\n');
		const times: number[] = [];
		let heaviest = 0;
		let wrong = 0;
		const looker = async (from: number) => {
			for (let i = from; i < LOOKS; i += AT_ONCE) {
				// Half of them turn pages, half look themselves up.
				const code = receipts[(i * 37) % receipts.length]!;
				const asked = i % 2 ? `?round=1&page=${1 + (i % 10)}` : `?code=${code}`;
				const { took, body } = await look(page + asked);
				times.push(took);
				heaviest = Math.max(heaviest, gzipSync(body).length);
				const shown = body.toString().includes(`${code.slice(0, 4)}-${code.slice(4)}`.toUpperCase());
				if (i % 2 === 0 && !shown) wrong++;
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => looker(i)));
		await server.stop();
		const p99 = quantile(times, 0.99);
		const kilobytes = heaviest / 1024;
		return {
			...{ name: 'live-receipts', value: round(kilobytes, 1), unit: 'KB a page, gzip', limit: LIMIT_KB },
			...{ ratio: round(kilobytes / LIMIT_KB, 2), n: VOTERS, seed },
			held: kilobytes < LIMIT_KB && p99 < LIMIT_MS && receipts.length === VOTERS && wrong === 0,
			details: [
				`${receipts.length} receipts; the first look, which makes the list: ${round(first.took)} ms`,
				`${LOOKS} looks, ${AT_ONCE} at once: median ${round(quantile(times, 0.5))} ms, p99 ${round(p99)} of ${LIMIT_MS} ms; ${wrong} not found`,
				`heaviest page ${round(kilobytes, 1)} KB gzip of ${LIMIT_KB}, without its script and style`
			]
		};
	} finally {
		folder.remove();
	}
}
