import { hash, randomBytes } from 'node:crypto';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { commandDialogue } from '../../src/lib/server/dialogue/desk/writes.ts';
import { askQuestion, decideQuestion } from '../../src/lib/server/dialogue/questions/writes.ts';
import { readDialogue } from '../../src/lib/server/dialogue/reads.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { median, quantile, round, type Figure } from './figure.ts';
import { freshFolder, startProduct } from './servers.ts';

const PHONES = 2_000;
const QUESTIONS = 200;
const SECONDS = 20;
/** A phone asks for the list within ten seconds of a new one (components/dialogue/questions.js). */
const EVERY_MS = 10_000;
const VOICES_A_SECOND = 20;
/** As quick as a tally: what a vote changes is seen within a second (DESIGN.md, numbers to hold). */
const LIMIT_MS = 1_000;

/** 2 000 phones follow a list of 200 questions that changes all the time, because people support them. */
export async function liveQuestions(seed: number): Promise<Figure> {
	const folder = freshFolder();
	try {
		const file = `${folder.path}/hall.db`;
		const { room, ids } = await aRoomOfQuestions(file);
		const server = await startProduct(file);
		const base = `http://127.0.0.1:${server.port}/api/v1/live/${room}`;
		const headers = { 'content-type': 'application/json' };
		const post = (path: string, body: object) =>
			fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
		const random = seeded(seed);
		const problems: string[] = [];
		const times: number[] = [];
		let bytes = 0;
		const phone = async () => {
			await sleep(random.next() * EVERY_MS);
			for (let look = 0; look < (SECONDS * 1000) / EVERY_MS; look++) {
				const began = performance.now();
				const answer = await read(`${base}/questions`).catch((thrown: Error) => ({ status: thrown.message, bytes: 0 }));
				const took = performance.now() - began;
				times.push(took);
				if (answer.status === 200) bytes = answer.bytes;
				else problems.push(String(answer.status));
				await sleep(Math.max(0, EVERY_MS - took));
			}
		};
		let voices = 0;
		const supporters = async () => {
			const until = Date.now() + SECONDS * 1000;
			while (Date.now() < until) {
				const { pass } = (await (await post('/passes', {})).json()) as { pass: string };
				const answer = await post(`/questions/${ids[voices % ids.length]}/votes`, { pass });
				if (answer.status === 201) voices++;
				else problems.push(`voice ${answer.status}`);
				await sleep(1000 / VOICES_A_SECOND);
			}
		};
		const processorBefore = server.processorSeconds();
		const began = performance.now();
		await Promise.all([supporters(), ...Array.from({ length: PHONES }, phone)]);
		const seconds = (performance.now() - began) / 1000;
		const processor = (server.processorSeconds() - processorBefore) / seconds;
		const counted = ((await (await fetch(`${base}/questions`)).json()) as { questions: { votes: number }[] }).questions;
		agent.destroy();
		await server.stop();
		const exact = counted.reduce((sum, { votes }) => sum + votes, 0) === voices;
		const p99 = quantile(times, 0.99);
		return {
			...{
				name: 'live-questions',
				value: round(p99),
				unit: 'ms p99',
				limit: LIMIT_MS,
				ratio: round(p99 / LIMIT_MS, 2)
			},
			...{ n: times.length, seed, held: p99 < LIMIT_MS && exact && problems.length === 0 },
			details: [
				`${PHONES} phones, ${QUESTIONS} questions (${round(bytes / 1024, 1)} KB): ${round(times.length / seconds)} reads/s, median ${round(median(times))} ms, p99 ${round(p99)} of ${LIMIT_MS}`,
				`${voices} voices meanwhile, counted ${exact ? 'exactly' : 'WRONGLY'}; ${problems.length} refused${problems[0] ? ` (${problems[0]})` : ''}`,
				`${round(100 * processor)} % of a core`
			]
		};
	} finally {
		folder.remove();
	}
}

/** Each phone has a connection of its own, as in a hall. */
const agent = new Agent({ keepAlive: true, maxFreeSockets: PHONES });

function read(address: string): Promise<{ status: number; bytes: number }> {
	return new Promise((resolve, reject) => {
		const asked = get(address, { agent }, (response) => {
			let bytes = 0;
			response.on('data', (chunk: Buffer) => (bytes += chunk.length));
			response.on('end', () => resolve({ status: response.statusCode!, bytes }));
			response.on('error', reject);
		});
		asked.on('error', reject);
	});
}

/** A live dialogue whose questions are let through, made before the server starts. */
async function aRoomOfQuestions(file: string) {
	const secret = secretFrom((process.env.SECRET_KEY = randomBytes(32).toString('hex')));
	const db = await openDb(`file:${file}`);
	const now = Date.now();
	const by = { organizationId: 'w1', userId: 'u1', now };
	const about = { title: 'Hội trường đo', place: '', day: '2026-11-23', time: '', streamUrl: '', rehearsal: false };
	const { id, room } = await addDialogue({ db, secret }, by, { ...about, halls: ['Một'], hallProof: 'none' }, []);
	for (const command of [{ do: 'start' }, { do: 'questions', open: true }] as const) {
		const { version: expected } = (await readDialogue(db, id))!;
		await commandDialogue(db, { dialogueId: id, command, expected, userId: 'u1', now });
	}
	const ids: string[] = [];
	for (let i = 0; i < QUESTIONS; i++) {
		const mark = (word: string) => hash('sha256', `${word} ${i}`, 'base64url');
		const text = `Câu hỏi số ${i}: bao giờ phường làm xong việc đã hứa với tổ ${i}, và người dân theo dõi ở đâu?`;
		const question = { dialogueId: id, followMark: mark('f'), textMark: mark('t'), text, fieldId: '' };
		const asked = await askQuestion(db, { ...question, channel: 'live-hall' }, now);
		if (!asked.ok) throw new Error(asked.reason);
		const { id: questionId, version: expected } = asked.value.question;
		await decideQuestion(db, { dialogueId: id, questionId, command: { do: 'approve' }, expected, userId: 'u1', now });
		ids.push(questionId);
	}
	await db.store.close();
	return { room, ids };
}
