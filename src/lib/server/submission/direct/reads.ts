import { find } from '../../db/bulk.ts';
import type { Db } from '../../db/db.ts';
import { sheets } from '../../db/schema/submission.ts';

/** Whether a sheet is stored already, by its packed id. */
export async function isStored(db: Db, organizationId: string, id: string): Promise<boolean> {
	return (await find(db, sheets, ['organizationId', 'id'], [{ organizationId, id }])).length > 0;
}
