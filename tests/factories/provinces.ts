import type { Extent, Grant } from '../../src/lib/domain/account/right.ts';
import { ROLES, type Role } from '../../src/lib/domain/account/role.ts';
import { tokenHash } from '../../src/lib/server/account/reads.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import type { ObjectKind } from '../../src/lib/server/account/extent/reads.ts';
import { commit, type Db, type Tx } from '../../src/lib/server/db/db.ts';
import { roleGrants, sessions, users } from '../../src/lib/server/db/schema/account.ts';
import { caseFiles, cases } from '../../src/lib/server/db/schema/casework.ts';
import { dialogues } from '../../src/lib/server/db/schema/dialogue.ts';
import { paperBatches } from '../../src/lib/server/db/schema/dialogue-paper.ts';
import {
	counters,
	duties,
	fields,
	importDrafts,
	officers,
	organizations,
	photos,
	sites
} from '../../src/lib/server/db/schema/place.ts';
import { planTasks } from '../../src/lib/server/db/schema/plan.ts';
import { quarantine } from '../../src/lib/server/db/schema/submission.ts';
import {
	answerFiles,
	apiKeys,
	collectors,
	questionnaireVersions,
	ticketBatches
} from '../../src/lib/server/db/schema/survey.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';
import { aStoredCase } from './case.ts';
import { A_PROFILE } from './place.ts';
import { aTask } from './plan.ts';
import { A_QUESTIONNAIRE } from './questionnaire.ts';

/** How far a thing is from the ward, and the first site of it, that the people of the test belong to. */
export const DISTANCES = ['own', 'sibling site', 'other ward', 'other province'] as const;
export type Distance = (typeof DISTANCES)[number];

/** A thing that a request can be about, and where it lies, written down here and not asked of the product. */
export interface Example {
	id: string;
	organizationId: string;
	extent: Extent;
}
type Kind = ObjectKind | 'photo';
export type Examples = Record<Kind, Record<Distance, Example>>;

/** Somebody signed in all the way: one role, held at a site, a ward or a province. */
export interface Actor {
	name: string;
	userId: string;
	/** Their organization and what stands above it. */
	path: readonly string[];
	grants: readonly Grant[];
	token: string;
}

/** Whether a thing of this kind lies at a site, or belongs to its organization as a whole. */
const AT_SITE: Record<Kind, boolean> = {
	organization: false,
	site: true,
	counter: true,
	field: false,
	officer: false,
	photo: false,
	duty: true,
	terminal: true,
	quarantined: true,
	collector: true,
	import: false,
	version: false,
	answers: false,
	ticketBatch: false,
	apiKey: false,
	room: false,
	paperBatch: false,
	case: true,
	caseFile: true,
	task: true,
	user: false
};

/** Two provinces of two wards of two sites, each with one of everything; people of every role at every height of the first. */
export async function twoProvinces(db: Db, now: number): Promise<{ examples: Examples; actors: Actor[] }> {
	return commit(db, async (tx) => {
		const wards: Ward[] = [];
		for (const province of ['An', 'Bình']) {
			const provinceId = newId();
			await tx.insert(organizations).values({ id: provinceId, kind: 'province', name: `Tỉnh ${province}` });
			for (const number of [1, 2]) wards.push(await aWholeWard(tx, provinceId, `${province} ${number}`, now));
		}
		const [own, otherWard, elsewhere] = wards;
		const places = {
			own: [own, 0],
			'sibling site': [own, 1],
			'other ward': [otherWard, 0],
			'other province': [elsewhere, 0]
		} as const satisfies Record<Distance, readonly [Ward, number]>;
		const exampleOf = (kind: Kind, distance: Distance): Example => {
			const [ward, site] = places[distance];
			const { path } = ward;
			const things = ward.sites[site];
			const siteId = AT_SITE[kind] ? things.site : null;
			const userId = kind === 'user' ? things.user : undefined;
			return { id: things[kind], organizationId: path[0], extent: { path, siteId, userId } };
		};
		const examples = Object.fromEntries(
			(Object.keys(AT_SITE) as Kind[]).map((kind) => [
				kind,
				Object.fromEntries(DISTANCES.map((distance) => [distance, exampleOf(kind, distance)]))
			])
		) as Examples;
		return { examples, actors: await everyRole(tx, own, now) };
	});
}

interface Ward {
	/** The ward and its province. */
	path: [string, string];
	sites: [Things, Things];
}
type Things = Record<Kind, string>;

async function aWholeWard(tx: Tx, provinceId: string, name: string, now: number): Promise<Ward> {
	const id = newId();
	await tx.insert(organizations).values({ id, parentId: provinceId, kind: 'ward', name: `Phường ${name}` });
	const things = async (number: string): Promise<Things> => {
		const site = newId();
		const own: Things = {
			organization: id,
			site,
			counter: newId(),
			field: newId(),
			officer: newId(),
			photo: newId(),
			duty: newId(),
			terminal: newId(),
			quarantined: newId(),
			collector: newId(),
			import: newId(),
			version: newId(),
			answers: newId(),
			ticketBatch: newId(),
			apiKey: newId(),
			room: newId(),
			paperBatch: newId(),
			case: newId(),
			caseFile: newId(),
			task: newId(),
			user: newId()
		};
		await insertThings(tx, own, { organizationId: id, number, name, now });
		return own;
	};
	return { path: [id, provinceId], sites: [await things('1'), await things('2')] };
}

async function insertThings(
	tx: Tx,
	own: Things,
	{ organizationId, number, name, now }: { organizationId: string; number: string; name: string; now: number }
) {
	const at = { organizationId, counterId: own.counter };
	await tx.insert(sites).values({ id: own.site, organizationId, name: `Điểm ${number}`, kind: 'main' });
	await tx.insert(counters).values({ id: own.counter, organizationId, siteId: own.site, number, name: 'Quầy' });
	const field = { code: `L${number}`, name: `Lĩnh vực ${number}`, nameEn: `Field ${number}` };
	await tx.insert(fields).values({ id: own.field, organizationId, ...field });
	await tx.insert(photos).values({ id: own.photo, organizationId, data: '', createdAt: now });
	const officer = { name: `Công Chức ${number}`, code: `CC${number}`, photoId: own.photo };
	await tx.insert(officers).values({ id: own.officer, organizationId, ...officer });
	await tx
		.insert(duties)
		.values({ ...at, id: own.duty, officerId: own.officer, startsAt: now - 3_600_000, source: 'roster' });
	const tablet = { name: `Máy ${number}`, publicKey: {}, profile: A_PROFILE, pairedAt: now };
	await tx.insert(terminals).values({ ...at, id: own.terminal, ...tablet });
	const kept = { code: 'officer-unknown', body: '{}', receivedAt: now };
	await tx.insert(quarantine).values({ organizationId, id: own.quarantined, terminalId: own.terminal, ...kept });
	const poster = { name: 'Sảnh', code: own.collector.slice(0, 8), siteId: own.site, createdAt: now };
	await tx.insert(collectors).values({ id: own.collector, organizationId, ...poster });
	const draft = { userId: own.user, kind: 'officers', fileName: 'cong-chuc.csv', content: '', createdAt: now } as const;
	await tx.insert(importDrafts).values({ id: own.import, organizationId, ...draft });
	const version = {
		questionnaireId: own.version,
		number: 1,
		name: `Bộ câu hỏi ${number}`,
		content: A_QUESTIONNAIRE
	} as const;
	await tx
		.insert(questionnaireVersions)
		.values({ id: own.version, organizationId, ...version, state: 'draft', createdAt: now, changedAt: now });
	const file = { userId: own.user, fileName: 'phieu.csv', content: '', createdAt: now };
	await tx.insert(answerFiles).values({ id: own.answers, organizationId, ...file });
	const batch = { kind: 'sheet', name: 'Lô', made: 1, counterId: own.counter, versionId: 'SIPAS5-v1' } as const;
	const made = { createdAt: now, createdBy: own.user, expiresOn: '2099-12-31' };
	await tx.insert(ticketBatches).values({ id: own.ticketBatch, organizationId, ...batch, ...made });
	const key = { name: 'Một cửa', keyHash: own.apiKey, shows: 'lnk_', createdAt: now };
	await tx.insert(apiKeys).values({ id: own.apiKey, organizationId, ...key });
	const halls = ['Hội trường'];
	const dialogueId = newId();
	const dialogue = { title: `Đối thoại ${name}`, day: '2099-01-01', hallProof: 'none' } as const;
	await tx
		.insert(dialogues)
		.values({ id: dialogueId, organizationId, room: own.room, ...dialogue, halls, state: 'prepared', createdAt: now });
	const pile = { number: 1, hall: 0, counted: 3, countedBy: 'Tổ kiểm phiếu', createdAt: now };
	await tx.insert(paperBatches).values({ id: own.paperBatch, organizationId, dialogueId, ...pile });
	await tx.insert(cases).values(aStoredCase({ id: own.case, organizationId, siteId: own.site, receivedAt: now }));
	const attached = { type: 'application/pdf', bytes: 9, addedBy: own.user, addedAt: now } as const;
	await tx
		.insert(caseFiles)
		.values({ id: own.caseFile, organizationId, caseId: own.case, name: '', content: '', ...attached });
	await tx.insert(planTasks).values({ ...aTask(organizationId, own.task, now), siteId: own.site });
	const login = `nguoi-${own.user}`;
	await tx.insert(users).values({ id: own.user, organizationId, login, name: `Người ${name}`, passwordHash: '' });
}

async function everyRole(tx: Tx, { path, sites: [{ site }] }: Ward, now: number): Promise<Actor[]> {
	const [, province] = path;
	const heights = [
		{ height: 'site', above: path, siteId: site },
		{ height: 'ward', above: path, siteId: '' },
		{ height: 'province', above: [province], siteId: '' }
	];
	const actors: Actor[] = [];
	for (const role of ROLES) {
		for (const { height, above, siteId } of heights) {
			actors.push(await anActor(tx, { name: `${role} of a ${height}`, role, path: above, siteId, now }));
		}
	}
	return actors;
}

/** Signed in with the second factor shown, so that no role is held back by it. */
export async function anActor(
	tx: Tx,
	{
		name,
		role,
		path,
		siteId = '',
		now
	}: { name: string; role: Role; path: readonly string[]; siteId?: string; now: number }
): Promise<Actor> {
	const [organizationId] = path;
	const userId = newId();
	const token = `${userId}${'A'.repeat(43)}`.slice(0, 43);
	const factor = { totpSecret: 'JBSWY3DPEHPK3PXP', totpConfirmedAt: now };
	const login = `${role}-${userId}`;
	await tx.insert(users).values({ id: userId, organizationId, login, name, passwordHash: '', ...factor });
	await tx.insert(roleGrants).values({ organizationId, userId, role, siteId });
	const session = { id: newId(), userId, createdAt: now, usedAt: now, secondFactorAt: now };
	await tx.insert(sessions).values({ tokenHash: tokenHash(token), ...session });
	return { name, userId, path, grants: [{ role, organizationId, siteId }], token };
}
