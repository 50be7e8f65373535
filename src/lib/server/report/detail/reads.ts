import { type Detail, drawDetail } from '../../../domain/report/detail.ts';
import { DEFAULT_METHOD } from '../../../domain/report/method.ts';
import { type Peers, peersOf } from '../../../domain/report/peers.ts';
import { K, K_OFFICER } from '../../../domain/report/secrecy.ts';
import type { Stratum } from '../../../domain/report/standardization.ts';
import type { IndexRow } from '../../../domain/report/table.ts';
import { OFFICIAL_CHANNELS } from '../../../domain/submission/channel.ts';
import { REASON_ITEM } from '../../../domain/submission/counting.ts';
import type { Criterion } from '../../../domain/survey/criterion.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import type { Db } from '../../db/db.ts';
import { haveOneOfficer, type IndexQuestion, readIndexTable } from '../reads.ts';
import { readReleased, type ReleasedRow } from '../released/reads.ts';

/** What is behind one criterion of the place, person or channel that the question is narrowed to, week by week too. */
export async function readDetail(
	db: Db,
	question: Omit<IndexQuestion, 'by'>,
	criterion: Criterion
): Promise<{ detail: Detail; target: number; weeks: IndexRow[]; peers: Peers | null; row: string | null }> {
	const { method = DEFAULT_METHOD, versionId, where = {}, channels = OFFICIAL_CHANNELS } = question;
	const narrowed = Object.keys(where).length > 0 || channels !== OFFICIAL_CHANNELS;
	const total = (asked: Omit<IndexQuestion, 'by'>) => readIndexTable(db, { ...asked, by: 'criterion' });
	const shown = await total(question);
	const cell = shown.total.criteria[criterion];
	const everything = { ...question, where: {}, channels: OFFICIAL_CHANNELS };
	const own = await readReleased(db, { ...question, channels }, ['field', 'channel']);
	const whole = narrowed ? await readReleased(db, everything, ['field', 'channel']) : own;
	const reasons = new Map<string, number>();
	for (const { itemId, sheets } of own) {
		if (!itemId.startsWith(REASON_ITEM)) continue;
		const code = itemId.slice(REASON_ITEM.length);
		reasons.set(code, (reasons.get(code) ?? 0) + sheets);
	}
	const detail = drawDetail({
		criterion,
		version: findVersion(versionId)!,
		method,
		target: shown.targets[criterion],
		k: where.officer !== undefined || haveOneOfficer(own) ? K_OFFICER : K,
		cell,
		centre: narrowed ? (await total(everything)).total.criteria[criterion] : cell,
		narrowed,
		row: strataOf(own),
		whole: strataOf(whole),
		reasons
	});
	const [by, ...more] = Object.keys(where) as (keyof typeof where)[];
	// Among officers only the service is compared: the other criteria are about the centre and the field.
	const alike = by && more.length === 0 && (by !== 'officer' || criterion === 'PV');
	const row = alike ? where[by]! : null;
	const peers = alike && row ? peersOf(await readIndexTable(db, { ...question, where: {}, by }), criterion, row) : null;
	const weeks = await readIndexTable(db, { ...question, by: 'week' });
	return { detail, target: shown.targets[criterion], weeks: weeks.rows, peers, row };
}

function strataOf(rows: readonly ReleasedRow[]): Stratum[] {
	return [...Map.groupBy(rows, ({ field, channel }) => `${field}|${channel}`)].map(([stratum, own]) => ({
		stratum,
		items: own
			.filter(({ itemId }) => itemId !== '')
			.map(({ itemId, n1, n2, n3, n4, n5, notApplicable }) => ({ itemId, n: [n1, n2, n3, n4, n5], notApplicable }))
	}));
}
