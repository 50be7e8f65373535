import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { newId } from '../../../src/lib/server/account/writes.ts';
import { writeAuditLine } from '../../../src/lib/server/account/audit/writes.ts';
import { commit, type Db, type Tx } from '../../../src/lib/server/db/db.ts';
import { users } from '../../../src/lib/server/db/schema/account.ts';
import {
	calendarDays,
	counterFields,
	counters,
	duties,
	dutyCorrections,
	fields,
	importDrafts,
	officers,
	organizations,
	sites
} from '../../../src/lib/server/db/schema/place.ts';
import { exclusions, quarantine } from '../../../src/lib/server/db/schema/submission.ts';
import {
	answerFiles,
	apiKeys,
	citizenRequests,
	collectors,
	questionnaireVersions,
	ticketBatches
} from '../../../src/lib/server/db/schema/survey.ts';
import { terminals } from '../../../src/lib/server/db/schema/terminal.ts';
import { sealRequest } from '../../../src/lib/server/casework/request/sealing.ts';
import { secretFrom } from '../../../src/lib/server/secret/secret.ts';
import { posterCode } from '../../../src/lib/domain/survey/code.ts';
import { addDays, DAY_MS, HOUR_MS, localDay } from '../../../src/lib/domain/shared/time.ts';
import { A_PROFILE } from '../../factories/place.ts';
import { anActor, type Actor } from '../../factories/provinces.ts';
import { hostileCases } from './hostile-cases.ts';
import { hostileRegister } from './hostile-register.ts';
import { hostileComments, hostileOwnComments } from './hostile-comments.ts';
import { aHostileDialogue } from './hostile-dialogue.ts';
import { hostileResults } from './hostile-results.ts';
import { aHostileTable } from './hostile-published.ts';
import { aHostilePlan } from './hostile-plan.ts';
import { PAYLOADS } from './payloads.ts';

export interface HostileWard {
	ward: string;
	/** One of each, for the pages about one thing. */
	one: Record<
		| 'site'
		| 'counter'
		| 'officer'
		| 'person'
		| 'draft'
		| 'version'
		| 'answers'
		| 'request'
		| 'case'
		| 'room'
		| 'pile'
		| 'task'
		| 'poster'
		| 'published'
		| 'code',
		string
	>;
}

export interface HostileProvince {
	administrator: Actor;
	leader: Actor;
	/** Of the large ward: decides on its comments. */
	moderator: Actor;
	/** Of the small ward, whose set-up it is. */
	wardAdministrator: Actor;
	/** An officer on duty at a home site of the whole ward, whose counter serves every field there. */
	visitor: Actor;
	/** Named by each payload once. */
	whole: HostileWard;
	/** Named by a few, so that its pages open quickly. */
	small: HostileWard;
}

/** Of the server that shows it: requests are sealed under it. */
export const HOSTILE_SECRET = 'a-secret-of-the-hostile-ward-of-32-signs';

/** A province where whatever anybody can name is named by payloads, past every check of a form. */
export async function aHostileProvince(db: Db, now: number): Promise<HostileProvince> {
	return commit(db, async (tx) => {
		const province = newId();
		await tx.insert(organizations).values({ id: province, kind: 'province', name: PAYLOADS[0] });
		for (const name of PAYLOADS.slice(3)) {
			await tx.insert(organizations).values({ id: newId(), parentId: province, kind: 'ward', name });
		}
		const administrator = await anActor(tx, { name: PAYLOADS[2], role: 'administrator', path: [province], now });
		const wards: HostileWard[] = [];
		for (const [i, payloads] of [PAYLOADS, PAYLOADS.slice(0, 3)].entries()) {
			const ward = newId();
			await tx.insert(organizations).values({ id: ward, parentId: province, kind: 'ward', name: PAYLOADS[i + 1] });
			const fresh = {
				draft: newId(),
				answers: newId(),
				request: newId(),
				case: newId(),
				room: newId(),
				pile: newId(),
				task: newId()
			};
			const one = {
				site: '',
				counter: '',
				officer: '',
				person: '',
				version: '',
				poster: '',
				published: '',
				code: '',
				...fresh
			};
			for (const [n, payload] of payloads.entries()) {
				Object.assign(
					one,
					await everythingNamed(tx, { organizationId: ward, payload, n, by: administrator.userId, now })
				);
			}
			const file = {
				kind: 'officers',
				fileName: PAYLOADS[4],
				content: Buffer.from(hostileList()).toString('base64'),
				createdAt: now
			} as const;
			await tx
				.insert(importDrafts)
				.values({ id: one.draft, organizationId: ward, userId: administrator.userId, ...file });
			const sheets = hostileAnswers();
			const answers = { fileName: PAYLOADS[5], content: gzipSync(sheets.csv).toString('base64'), createdAt: now };
			await tx.insert(answerFiles).values({
				...{ id: one.answers, organizationId: ward, userId: administrator.userId },
				...{ ...answers, mapping: JSON.stringify(sheets.map) }
			});
			await tx.insert(answerFiles).values({
				...{ id: newId(), organizationId: ward, userId: administrator.userId, appliedAt: now },
				...{ ...answers, mapping: JSON.stringify(sheets.map) }
			});
			Object.assign(one, await aHostileSurvey(tx, { organizationId: ward, siteId: one.site, payloads, now }));
			await tx.insert(citizenRequests).values(aHostileRequest(one.request, ward, localDay(now)));
			await hostileCases(tx, { organizationId: ward, payloads, one, secret: secretFrom(HOSTILE_SECRET), now });
			await hostileRegister(tx, { organizationId: ward, payloads, now });
			await hostileComments(tx, { organizationId: ward, payloads, now });
			await aHostileDialogue(tx, { organizationId: ward, room: one.room, pile: one.pile, now });
			await aHostilePlan(tx, { organizationId: ward, task: one.task, case: one.case, payloads, now });
			await hostileResults(tx, { organizationId: ward, payloads, by: administrator.userId, now });
			wards.push({ ward, one });
		}
		const [whole, small] = wards;
		const path: [string, string] = [whole.ward, province];
		const leader = await anActor(tx, { name: PAYLOADS[3], role: 'leader', path, now });
		const moderator = await anActor(tx, { name: PAYLOADS[6], role: 'moderator', path, now });
		const below = { role: 'administrator', path: [small.ward, province], now } as const;
		const wardAdministrator = await anActor(tx, { name: PAYLOADS[5], ...below });
		const visitor = await aHostileVisitor(tx, path, now);
		return { administrator, leader, moderator, wardAdministrator, visitor, whole, small };
	});
}

async function aHostileVisitor(tx: Tx, path: [string, string], now: number): Promise<Actor> {
	const [organizationId] = path;
	const [site, counter, officer] = Array.from({ length: 3 }, newId);
	await tx.insert(sites).values({ id: site, organizationId, name: 'home', kind: 'home' });
	await tx.insert(counters).values({ id: counter, organizationId, siteId: site, number: 'h', name: PAYLOADS[0] });
	const served = await tx.select({ id: fields.id }).from(fields).where(eq(fields.organizationId, organizationId));
	await tx.insert(counterFields).values(served.map(({ id }) => ({ counterId: counter, fieldId: id })));
	await tx.insert(officers).values({ id: officer, organizationId, name: PAYLOADS[1] });
	const duty = { counterId: counter, officerId: officer, startsAt: now - HOUR_MS, source: 'roster' } as const;
	await tx.insert(duties).values({ id: newId(), organizationId, ...duty });
	const visitor = await anActor(tx, { name: PAYLOADS[4], role: 'officer', path, now });
	await tx.update(users).set({ officerId: officer }).where(eq(users.id, visitor.userId));
	await hostileOwnComments(tx, organizationId, officer);
	return visitor;
}

interface Naming {
	organizationId: string;
	payload: string;
	n: number;
	by: string;
	now: number;
}

async function everythingNamed(tx: Tx, { organizationId, payload, n, by, now }: Naming) {
	const [site, counter, field, officer, terminal, person, poster] = Array.from({ length: 7 }, newId);
	await tx.insert(sites).values({ id: site, organizationId, name: payload, kind: 'main', address: payload });
	await tx.insert(counters).values({ id: counter, organizationId, siteId: site, number: String(n), name: payload });
	await tx.insert(fields).values({ id: field, organizationId, code: payload, name: payload, nameEn: payload });
	await tx.insert(counterFields).values({ counterId: counter, fieldId: field });
	await tx.insert(officers).values({ id: officer, organizationId, name: payload, code: payload, title: payload });
	const duty = { organizationId, counterId: counter, officerId: officer, startsAt: now - HOUR_MS };
	await tx.insert(duties).values({ ...duty, id: newId(), source: 'roster' });
	const correction = { endsAt: now, reason: payload, correctedBy: by, correctedAt: now };
	await tx.insert(dutyCorrections).values({ ...duty, id: newId(), ...correction });
	const tablet = {
		organizationId,
		counterId: counter,
		name: payload,
		pairedAt: now - HOUR_MS,
		lastSeenAt: now - DAY_MS
	};
	const heartbeat = { ...HEALTHY, appVersion: payload, receivedAt: now } as never;
	await tx.insert(terminals).values({ ...tablet, id: terminal, publicKey: {}, profile: A_PROFILE, heartbeat });
	const kept = { code: payload, reason: payload, proposedBy: by, proposedAt: now, receivedAt: now };
	const body = JSON.stringify({ id: payload, comment: payload, locale: payload, answers: { PV: payload } });
	const state = n % 2 ? 'waiting' : 'kept-out';
	await tx.insert(quarantine).values({ organizationId, id: newId(), terminalId: terminal, body, state, ...kept });
	const part = { siteId: site, counterId: counter, channel: 'terminal', shift: '', flag: '', reason: payload } as const;
	const out = { ...part, from: localDay(now), until: localDay(now), state: 'standing', proposedBy: by } as const;
	await tx.insert(exclusions).values({ ...out, organizationId, id: newId(), proposedAt: now, answer: payload });
	const batch = { kind: 'sheet', name: payload, made: 1, counterId: counter, versionId: 'SIPAS5-v1' } as const;
	const made = { createdAt: now, createdBy: by, expiresOn: '2099-12-31' };
	await tx.insert(ticketBatches).values({ id: newId(), organizationId, ...batch, ...made });
	const key = { name: payload, keyHash: newId(), shows: 'lnk_', createdAt: now };
	await tx.insert(apiKeys).values({ id: newId(), organizationId, ...key });
	await aHostileTable(tx, organizationId, payload, n);
	const holiday = { kind: 'holiday', name: payload, status: 'official' } as const;
	await tx.insert(calendarDays).values({ organizationId, day: addDays(localDay(now), n), ...holiday });
	const version = await aQuestionnaireNamed(tx, { organizationId, payload, n, now });
	const code = poster.slice(0, 8);
	await tx.insert(collectors).values({ id: poster, organizationId, code, name: payload, siteId: site, createdAt: now });
	const account = { login: `hostile-${person}`, name: payload, email: payload, passwordHash: '' };
	await tx.insert(users).values({ id: person, organizationId, ...account });
	const event = { organizationId, actorId: person, action: 'user-changed', object: payload, detail: payload } as const;
	await writeAuditLine(tx, { ...event, reason: payload, now });
	return { site, counter, officer, person, version, poster };
}

/** A published questionnaire with all payloads of the ward, and the poster that shows it to citizens. */
async function aHostileSurvey(
	tx: Tx,
	{
		organizationId,
		siteId,
		payloads,
		now
	}: { organizationId: string; siteId: string; payloads: readonly string[]; now: number }
) {
	const published = newId();
	const version = {
		...{ id: published, organizationId, questionnaireId: published, number: 1, name: payloads[0] },
		...{ content: contentOf(payloads), state: 'published' as const, createdAt: now, changedAt: now }
	};
	await tx.insert(questionnaireVersions).values(version);
	const code = posterCode(randomBytes(5));
	const poster = { id: newId(), organizationId, code, name: payloads[0], siteId, versionId: published, createdAt: now };
	await tx.insert(collectors).values(poster);
	return { published, code };
}

/** Every text of it is a payload, the last where there is one text only. */
function contentOf(payloads: readonly string[]) {
	const last = payloads.at(-1)!;
	const texts = (text: string) => ({ vi: text, en: text });
	return {
		...{ title: texts(last), introduction: texts(last), languages: ['vi', 'en', 'km'] },
		items: payloads.map((text, i) => ({ id: `Q${i}`, criterion: null, text: texts(text) })),
		reasons: payloads.map((text, i) => ({ code: `L${i}`, criterion: null, text: texts(text) })),
		gates: [{ id: 'g1', text: texts(last), skips: [last] }]
	};
}

/** A draft whose every text is the payload, the last of the ward with all of them. */
async function aQuestionnaireNamed(tx: Tx, { organizationId, payload, n, now }: Omit<Naming, 'by'>): Promise<string> {
	const id = newId();
	const content = contentOf(PAYLOADS.slice(0, n + 1));
	const version = {
		id,
		organizationId,
		questionnaireId: id,
		number: 1,
		name: payload,
		content,
		state: 'draft'
	} as const;
	await tx.insert(questionnaireVersions).values({ ...version, createdAt: now + n, changedAt: now });
	return id;
}

/** With each payload in each of its texts. */
function aHostileRequest(id: string, organizationId: string, day: string) {
	const all = PAYLOADS.join('\n');
	const sealed = sealRequest(
		secretFrom(HOSTILE_SECRET),
		{ id, organizationId },
		{ name: all, address: all, phone: all, text: all }
	);
	return { id, organizationId, sealed, day, state: 'new' as const };
}

const HEALTHY = {
	...{ made: 1, queued: 1, oldestQueuedAt: null, refused: 1, battery: 1, charging: true, clockOffset: 0 },
	...{ storagePersisted: true, storageUsed: 1, storageQuota: 2 }
};

/** A list of officers as a spreadsheet would write it, with each payload in each of its cells. */
export function hostileList(): string {
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
	// A file with a NUL in it is no text and is never kept.
	const readable = PAYLOADS.filter((payload) => !payload.includes('\0'));
	const rows = readable.map((payload) => [payload, payload, payload, payload].map(cell).join(','));
	return ['Họ và tên,Mã,Chức danh,Trạng thái', ...rows].join('\n');
}

/** Answers from elsewhere whose every cell is a payload, once as it stands and once in a row that is right but for its comment. */
function hostileAnswers() {
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const readable = PAYLOADS.filter((payload) => !payload.includes('\0'));
	const rows = readable.flatMap((payload, i) => [
		[payload, payload, payload, payload, payload, payload].map(cell).join(','),
		[cell(`${payload}${i}`), '20/11/2026', '4', '', '', cell(payload)].join(',')
	]);
	const head = ['Mã', 'Ngày', PAYLOADS[6], 'Quầy', 'Công chức', 'Góp ý'].map(cell).join(',');
	const map = {
		...{ source: PAYLOADS[7], version: 'SIPAS5-v1', id: 'Mã', date: { column: 'Ngày' }, items: { PV: 3 } },
		...{ counter: 'Quầy', officer: 'Công chức', comment: 'Góp ý', scale: { table: { [PAYLOADS[8]]: 3 } } }
	};
	return { csv: [head, ...rows].join('\n'), map };
}
