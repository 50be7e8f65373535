import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { connectionOf } from '../../db/db.ts';
import { dailyCounts } from '../../db/schema/report.ts';
import { engine } from '../../db/twin.ts';
import { isPending } from './reads.ts';

test.runIf(engine === 'sqlite')(
	'what is pending is found without going through all that an organization has',
	async () => {
		const db = await freshDb();
		const connection = connectionOf(db);
		if (connection.engine !== 'sqlite') throw new Error('not SQLite');
		const { sql, params } = db.select().from(dailyCounts).where(isPending('w1')).toSQL();
		const plan = connection.client.prepare(`explain query plan ${sql}`).all(params) as { detail: string }[];
		const steps = plan.map(({ detail }) => detail).filter((detail) => /SEARCH|SCAN/.test(detail));
		expect(steps).toHaveLength(2);
		expect(steps[0]).toContain('item_id=? AND counted=?');
		expect(steps[1]).toContain('COVERING INDEX daily_count_pending (organization_id=?)');
	}
);
