import type { Db } from '../../lib/server/db/db.ts';
import { SchemaNewer } from '../../lib/server/db/schema-version.ts';
import { openDb } from '../../lib/server/db/open.ts';
import { readEnvironment } from '../../lib/server/environment.ts';
import { learnPublished } from '../../lib/server/survey/reads.ts';
import { readOrganizations } from '../../lib/server/place/reads.ts';
import { Refusal, UsageProblem } from './ending.ts';

/** Opens the database of the environment (and migrates it), does the work and closes it again. */
export async function withDatabase<T>(work: (db: Db) => Promise<T>): Promise<T> {
	const { databaseUrl } = readEnvironment();
	const db = await opened(databaseUrl);
	try {
		await learnPublished(db);
		return await work(db);
	} finally {
		await db.store.close();
	}
}

async function opened(databaseUrl: string): Promise<Db> {
	try {
		return await openDb(databaseUrl);
	} catch (problem) {
		if (problem instanceof SchemaNewer) throw new Refusal(problem.message);
		throw new Refusal(`Không mở được cơ sở dữ liệu: ${(problem as Error).message}`);
	}
}

/** The file of the embedded database, or a refusal that says what to run instead. */
export function sqliteFile(instead: (databaseUrl: string) => string): string {
	const { databaseUrl } = readEnvironment();
	if (!databaseUrl.startsWith('file:')) throw new Refusal(instead(databaseUrl));
	return databaseUrl.slice('file:'.length);
}

/** The organization named by its id or name; without a name the only ward there is. */
export async function chosenOrganization(db: Db, named: string | undefined) {
	const all = await readOrganizations(db);
	if (named !== undefined) {
		const found = all.find(({ id, name }) => id === named || name === named.normalize('NFC'));
		if (!found) throw new Refusal(`Không có đơn vị "${named}".${listOf(all)}`);
		return found;
	}
	const wards = all.filter(({ kind }) => kind === 'ward');
	if (wards.length === 0)
		throw new Refusal('Cơ sở dữ liệu chưa có đơn vị nào. "lang-nghe demo" nạp phường trình diễn.');
	if (wards.length > 1) throw new UsageProblem(`Có nhiều đơn vị, hãy chọn một bằng --org.${listOf(wards)}`);
	return wards[0];
}

function listOf(organizations: readonly { id: string; name: string }[]): string {
	return organizations.map(({ id, name }) => `\n  ${id}  ${name}`).join('');
}

/** A reading that could not be written into the audit log is said and keeps nobody from reading. */
export function sayUnnoted(problem: unknown) {
	console.error(`Chưa ghi được lần xem này vào nhật ký: ${(problem as Error).message}`);
}
