import { error } from '@sveltejs/kit';
import { m } from '$lib/paraglide/messages.js';
import type { Locale } from '../../domain/survey/criterion.ts';
import type { Db } from '../db/db.ts';
import { readImprovements } from '../report/improvement/reads.ts';
import { readPublicMonths, readPublicName, readRevisions, type PublicEdition } from '../report/publication/reads.ts';

/** The same for everybody, and it changes once a month: whoever stands between may keep it for some minutes. */
export const PUBLIC_CACHE = { 'cache-control': 'public, max-age=300, stale-while-revalidate=3600' };

const SENTENCES = 12;

export interface Board {
	id: string;
	name: string;
	/** Made-up data, which every screen says. */
	demonstration: boolean;
	/** The month that is shown; null where none is published. */
	edition: PublicEdition | null;
	/** Of that month, the newest first, where there is more than one. */
	revisions: PublicEdition[];
	/** Every published month, the newest first. */
	months: PublicEdition[];
	improvements: Awaited<ReturnType<typeof readImprovements>>;
}

/** What everybody may read of an organization: rows that were published, and nothing that is counted for the asking. */
export async function readBoard(db: Db, id: string, month: string | null, locale: Locale): Promise<Board> {
	const own = await readPublicName(db, id);
	const months = own ? await readPublicMonths(db, id) : [];
	const edition = month === null ? (months[0] ?? null) : months.find(({ from }) => from === `${month}-01`);
	if (!own || edition === undefined)
		error(404, { message: m.result_board_unknown({}, { locale }), code: 'result-unknown' });
	const revisions = edition && edition.revision > 1 ? await readRevisions(db, id, edition) : [];
	return { id, ...own, edition, revisions, months, improvements: await readImprovements(db, id, SENTENCES) };
}
