import { and, eq } from 'drizzle-orm';
import { matches } from '../../../domain/shared/list.ts';
import { sortByPerson } from '../../../domain/shared/text.ts';
import type { Db } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { officers, photos } from '../../db/schema/place.ts';
import { readOfficers } from '../reads.ts';

export type OfficerFilter = 'present' | 'active' | 'away' | 'archived';

/** In the order of names; searched by name, staff number and title. */
export async function readOfficerList(db: Db, organizationId: string, query: string, filter: OfficerFilter) {
	const all = await readOfficers(db, organizationId);
	const shown = all.filter((officer) => {
		if ((filter === 'archived') !== (officer.archivedAt !== null)) return false;
		if ((filter === 'active' || filter === 'away') && officer.state !== filter) return false;
		return matches(`${officer.name} ${officer.code} ${officer.title}`, query);
	});
	const known = sortByPerson(shown, ({ name }) => name).map(
		({ id, name, code, title, state, photoId, archivedAt }) => ({
			id,
			name,
			code,
			title,
			state,
			photoId,
			archivedAt
		})
	);
	return { officers: known, total: all.filter(({ archivedAt }) => archivedAt === null).length, ever: all.length };
}

/** An officer, and the sign-in of the person they are, where there is one. */
export async function readOfficer(db: Db, organizationId: string, id: string) {
	const [officer] = await db
		.select()
		.from(officers)
		.where(and(eq(officers.id, id), eq(officers.organizationId, organizationId)));
	if (!officer) return undefined;
	const [account] = await db.select({ login: users.login }).from(users).where(eq(users.officerId, id));
	return { ...officer, login: account?.login ?? null };
}

/** By officer, those who have left too: reports still name them. */
export async function readPhotoIds(db: Db, organizationId: string): Promise<Record<string, string>> {
	const all = await readOfficers(db, organizationId);
	return Object.fromEntries(all.flatMap(({ id, photoId }) => (photoId ? [[id, photoId]] : [])));
}

/** A picture as it is sent: WebP. */
export async function readPhoto(db: Db, organizationId: string, id: string): Promise<Uint8Array<ArrayBuffer> | null> {
	const [photo] = await db
		.select({ data: photos.data })
		.from(photos)
		.where(and(eq(photos.id, id), eq(photos.organizationId, organizationId)));
	return photo ? new Uint8Array(Buffer.from(photo.data, 'base64')) : null;
}
