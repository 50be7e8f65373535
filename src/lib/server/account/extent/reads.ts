import { eq } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Extent } from '../../../domain/account/right.ts';
import type { Db, Tx } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { caseFiles, cases } from '../../db/schema/casework.ts';
import { dialogues } from '../../db/schema/dialogue.ts';
import { paperBatches } from '../../db/schema/dialogue-paper.ts';
import {
	counters,
	duties,
	fields,
	importDrafts,
	officers,
	organizations,
	photos,
	sites
} from '../../db/schema/place.ts';
import { planTasks } from '../../db/schema/plan.ts';
import { quarantine } from '../../db/schema/submission.ts';
import { answerFiles, apiKeys, collectors, questionnaireVersions, ticketBatches } from '../../db/schema/survey.ts';
import { terminals } from '../../db/schema/terminal.ts';

/** What a request may be about; the scope of a right comes from the thing itself, never from the request. */
export type ObjectKind =
	| 'organization'
	| 'site'
	| 'counter'
	| 'field'
	| 'officer'
	| 'photo'
	| 'duty'
	| 'terminal'
	| 'quarantined'
	| 'collector'
	| 'import'
	| 'version'
	| 'answers'
	| 'ticketBatch'
	| 'apiKey'
	| 'room'
	| 'paperBatch'
	| 'case'
	| 'caseFile'
	| 'task'
	| 'user';

/** Where a thing lies; null when there is none of this kind and id. */
export async function readExtent(db: Db, kind: ObjectKind, id: string): Promise<Extent | null> {
	const found = await FINDERS[kind](db, id);
	if (!found) return null;
	const path = await readOrganizationPath(db, found.organizationId);
	return path.length > 0 ? { path, siteId: found.siteId ?? null, userId: found.userId } : null;
}

/** No tree is deeper: a country, a province, a ward. */
const DEEPEST = 8;

/** The organization and all above it; empty where it does not exist. */
export async function readOrganizationPath(db: Db | Tx, organizationId: string): Promise<string[]> {
	const path: string[] = [];
	for (let id: string | null = organizationId; id !== null && path.length < DEEPEST;) {
		const [row]: { id: string; parentId: string | null }[] = await db
			.select({ id: organizations.id, parentId: organizations.parentId })
			.from(organizations)
			.where(eq(organizations.id, id));
		if (!row) break;
		path.push(row.id);
		id = row.parentId;
	}
	return path;
}

interface Found {
	organizationId: string;
	siteId?: string | null;
	userId?: string;
}

const FINDERS: Record<ObjectKind, (db: Db, id: string) => Promise<Found | undefined>> = {
	organization: async (_, id) => ({ organizationId: id }),
	site: async (db, id) => {
		const [site] = await db.select().from(sites).where(eq(sites.id, id));
		return site && { organizationId: site.organizationId, siteId: site.id };
	},
	counter: async (db, id) => {
		const [counter] = await db.select().from(counters).where(eq(counters.id, id));
		return counter;
	},
	field: (db, id) => organizationOf(db, fields, fields.id, id),
	officer: (db, id) => organizationOf(db, officers, officers.id, id),
	photo: (db, id) => organizationOf(db, photos, photos.id, id),
	duty: (db, id) => atCounter(db, duties, duties.id, id),
	terminal: (db, id) => atCounter(db, terminals, terminals.id, id),
	quarantined: async (db, id) => {
		const [line] = await db.select().from(quarantine).where(eq(quarantine.id, id));
		if (!line) return undefined;
		const terminal = await FINDERS.terminal(db, line.terminalId);
		return { organizationId: line.organizationId, siteId: terminal?.siteId };
	},
	collector: async (db, id) => {
		const [poster] = await db.select().from(collectors).where(eq(collectors.id, id));
		return poster && { organizationId: poster.organizationId, siteId: poster.siteId || null };
	},
	import: (db, id) => organizationOf(db, importDrafts, importDrafts.id, id),
	version: (db, id) => organizationOf(db, questionnaireVersions, questionnaireVersions.id, id),
	answers: (db, id) => organizationOf(db, answerFiles, answerFiles.id, id),
	ticketBatch: (db, id) => organizationOf(db, ticketBatches, ticketBatches.id, id),
	apiKey: (db, id) => organizationOf(db, apiKeys, apiKeys.id, id),
	room: (db, id) => organizationOf(db, dialogues, dialogues.room, id),
	paperBatch: (db, id) => organizationOf(db, paperBatches, paperBatches.id, id),
	// One about no site lies at none: whoever holds a role at a site only does not reach it, but for whom it was given to.
	case: async (db, id) => {
		const { organizationId, siteId, assigneeId } = cases;
		const [found] = await db.select({ organizationId, siteId, userId: assigneeId }).from(cases).where(eq(cases.id, id));
		return found && { ...found, userId: found.userId || undefined };
	},
	caseFile: async (db, id) => {
		const [file] = await db.select({ caseId: caseFiles.caseId }).from(caseFiles).where(eq(caseFiles.id, id));
		return file && FINDERS.case(db, file.caseId);
	},
	task: async (db, id) => {
		const [task] = await db.select().from(planTasks).where(eq(planTasks.id, id));
		return task && { organizationId: task.organizationId, siteId: task.siteId || null };
	},
	user: async (db, id) => {
		const [user] = await db.select().from(users).where(eq(users.id, id));
		return user && { organizationId: user.organizationId, userId: user.id };
	}
};

type Owned = SQLiteTable & { organizationId: SQLiteColumn };

async function organizationOf(db: Db, table: Owned, key: SQLiteColumn, id: string): Promise<Found | undefined> {
	const [row] = await db.select({ organizationId: table.organizationId }).from(table).where(eq(key, id));
	return row as Found | undefined;
}

async function atCounter(
	db: Db,
	table: Owned & { counterId: SQLiteColumn },
	key: SQLiteColumn,
	id: string
): Promise<Found | undefined> {
	const [row] = await db
		.select({ organizationId: table.organizationId, siteId: counters.siteId })
		.from(table)
		.leftJoin(counters, eq(counters.id, table.counterId))
		.where(eq(key, id));
	return row as Found | undefined;
}
