import { pbkdf2Sync } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { addDays, DAY_MS, localDay } from '../../domain/shared/time.ts';
import { MERGED, SIX_WARDS } from '../../domain/report/published/six-wards.ts';
import type { StoredSheet } from '../../domain/submission/intake.ts';
import { createUser, newId } from '../account/writes.ts';
import { insertNew, lock } from '../db/bulk.ts';
import { commit, type Db, type Tx } from '../db/db.ts';
import type { Role } from '../../domain/account/role.ts';
import { roleGrants, users } from '../db/schema/account.ts';
import { counterFields, counters, duties, fields, officers, organizations, sites } from '../db/schema/place.ts';
import { sheetComments, sheets } from '../db/schema/submission.ts';
import { collectors } from '../db/schema/survey.ts';
import { writeImprovement } from '../report/improvement/writes.ts';
import { publishDue } from '../report/publication/writes.ts';
import { storePublished } from '../report/published/writes.ts';
import { countHours, releaseHours } from '../report/hours/writes.ts';
import { countSheets, releaseCounts } from '../report/writes.ts';
import { packUuid } from '../submission/writes.ts';
import { demonstrationSheets } from './answers.ts';
import { holdDialogue } from './dialogue/writes.ts';
import { liveThroughComments } from './comments/writes.ts';
import { workOnPlan } from './plan/writes.ts';
import { demonstrationRemarks } from './remarks.ts';
import { demonstrationSignIns, type SignIn } from './reads.ts';
import { demonstrationRoster, demonstrationVisits, lastingUntilRelieved, type RosterDuty } from './roster.ts';
import { CHANGES, demonstrationWard, MODERATOR, SIGN_INS, STAFF_PIN, type Ward } from './ward.ts';

/** Half a year of a ward, and the roster for the next four weeks. */
const SHEETS = 10_300;
const DAYS_BACK = 183;
const ROSTER_DAYS_AHEAD = 28;
const SHEETS_AT_ONCE = 1_000;
const DIALOGUE_DAYS_AGO = 9;
const PIN_ITERATIONS = 200_000;

/**
 * Fills a database that knows no organization with the demonstration ward; any other is left as it is (`loaded: false`). One
 * commit holds places, rosters and answers, so that an interrupted start leaves nothing behind. Milliseconds.
 */
export async function loadDemonstration(db: Db, now: number): Promise<{ loaded: boolean; signIns: SignIn[] }> {
	if ((await db.select().from(organizations).limit(1)).length > 0) return { loaded: false, signIns: [] };
	const ward = demonstrationWard();
	const today = localDay(now);
	const from = addDays(today, -DAYS_BACK);
	const roster = demonstrationRoster(ward, from, addDays(today, ROSTER_DAYS_AHEAD));
	const visits = demonstrationVisits(ward, addDays(today, -ROSTER_DAYS_AHEAD), addDays(today, ROSTER_DAYS_AHEAD));
	const answers = demonstrationSheets(ward, roster, { from, to: addDays(today, -1), count: SHEETS });

	const remarks = demonstrationRemarks(answers, { today, ownOfficerId: ward.officers[0].id });

	// People first: somebody without a ward can do nothing, a ward without people could never be entered.
	for (const { site, officer, besides, ...person } of SIGN_INS) {
		const organizationId = person.role === 'province-leader' ? ward.province.id : ward.ward.id;
		const siteId = site === undefined ? '' : ward.sites[site].id;
		const officerId = officer === undefined ? null : ward.officers[officer].id;
		const created = await createUser(db, { organizationId, siteId, officerId, ...person, now });
		if (created.ok && besides) await giveBesides(db, { organizationId, userId: created.value.id, role: besides });
	}
	const loaded = await commit(db, async (tx) => {
		await lock(tx, ['demonstration']);
		if ((await tx.select().from(organizations).limit(1)).length > 0) return false;
		await writePlaces(tx, ward);
		await insertNew(
			tx,
			collectors,
			ward.posters.map(({ share: _, ...poster }) => ({ ...poster, organizationId: ward.ward.id, createdAt: now }))
		);
		const around = [addDays(today, -4), addDays(today, 1)] as const;
		await storePublished(tx, {
			...{ organizationId: ward.ward.id, changedBy: 'system', now, id: ward.publishedId },
			file: { ...SIX_WARDS, bytes: new TextEncoder().encode(SIX_WARDS.csv) }
		});
		await writeRoster(tx, ward, lastingUntilRelieved(roster, visits, ...around));
		await writeSheets(
			tx,
			answers.map(({ uuid, hour, ...sheet }) => ({ hour, sheet: { ...sheet, id: packUuid(uuid) } }))
		);
		await insertNew(
			tx,
			sheetComments,
			remarks.map(({ uuid, text }) => ({
				...{ organizationId: ward.ward.id, sheetId: packUuid(uuid) },
				comment: text
			}))
		);
		return true;
	});
	if (loaded) {
		await holdDemonstrationDialogue(db, ward, addDays(today, -DIALOGUE_DAYS_AGO));
		await releaseCounts(db);
		await releaseHours(db);
		await publishDue(db, now);
		await writeChanges(db, ward, now);
		await workOnPlan(db, { organizationId: ward.ward.id, actorId: await personOf(db, SIGN_INS[0].login), today });
		await liveThroughComments(db, remarks, { organizationId: ward.ward.id, moderator: MODERATOR, now });
	}
	return { loaded, signIns: loaded ? await demonstrationSignIns(db) : [] };
}

/** A second role, of the whole organization. */
function giveBesides(db: Db, grant: { organizationId: string; userId: string; role: Role }) {
	return commit(db, (tx) => tx.insert(roleGrants).values(grant));
}

async function holdDemonstrationDialogue(db: Db, { ward }: Ward, day: string) {
	const keyers = { first: await personOf(db, 'cong-chuc'), second: await personOf(db, 'quan-tri') };
	await holdDialogue(db, { organizationId: ward.id, userId: await personOf(db, MODERATOR), keyers, day });
}

async function personOf(db: Db, login: string): Promise<string> {
	const [person] = await db.select({ id: users.id }).from(users).where(eq(users.login, login));
	return person.id;
}

async function writeChanges(db: Db, { ward }: Ward, now: number) {
	const leaderId = await personOf(db, SIGN_INS[0].login);
	for (const { daysAgo, criterion, text } of CHANGES.toReversed()) {
		const by = { organizationId: ward.id, actorId: leaderId, now: now - daysAgo * DAY_MS };
		await writeImprovement(db, { id: newId(), criterion, text }, by);
	}
}

async function writePlaces(tx: Tx, { province, ward, ...places }: Ward) {
	const organizationId = ward.id;
	await insertNew(tx, organizations, [
		{ ...province, kind: 'province', demonstration: true },
		{
			...ward,
			parentId: province.id,
			kind: 'ward',
			demonstration: true,
			staffPin: hashedPin(organizationId),
			predecessors: MERGED
		}
	]);
	await insertNew(
		tx,
		sites,
		places.sites.map((site) => ({ ...site, organizationId }))
	);
	await insertNew(
		tx,
		fields,
		places.fields.map(({ id, code, name, nameEn }) => ({ id, organizationId, code, name, nameEn }))
	);
	await insertNew(
		tx,
		officers,
		places.officers.map(({ id, name }) => ({ id, organizationId, name }))
	);
	await insertNew(
		tx,
		counters,
		places.counters.map(({ id, siteId, number, name }) => ({ id, organizationId, siteId, number, name }))
	);
	await insertNew(
		tx,
		counterFields,
		places.counters.flatMap((counter) => counter.fields.map((field) => ({ counterId: counter.id, fieldId: field.id })))
	);
}

async function writeRoster(tx: Tx, { ward }: Ward, roster: readonly RosterDuty[]) {
	const rows = roster.map((duty) => ({ ...duty, organizationId: ward.id, source: 'roster' as const }));
	await insertNew(tx, duties, rows);
}

/** The same rows and counts as the intake's, without its ledger: these answers are older than what the ledger keeps. */
async function writeSheets(tx: Tx, answered: readonly { sheet: StoredSheet; hour: number }[]) {
	for (let start = 0; start < answered.length; start += SHEETS_AT_ONCE) {
		const some = answered.slice(start, start + SHEETS_AT_ONCE);
		await insertNew(
			tx,
			sheets,
			some.map(({ sheet }) => sheet)
		);
		const changes = some.map(({ sheet, hour }) => ({ before: null, after: sheet, hour }));
		await countSheets(tx, changes);
		await countHours(tx, changes);
	}
}

/** As the tablet checks it: PBKDF2-SHA-256, base64. The PIN is printed, so its salt need not be a secret. */
function hashedPin(salt: string) {
	const bytes = Buffer.from(salt.padEnd(16, '='));
	const hash = pbkdf2Sync(STAFF_PIN, bytes, PIN_ITERATIONS, 32, 'sha256').toString('base64');
	return { salt: bytes.toString('base64'), iterations: PIN_ITERATIONS, hash };
}
