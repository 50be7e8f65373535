import type { OwnBlock } from '../../../domain/report/own.ts';
import { isFourWeeks } from '../../../domain/report/edition.ts';
import { type OfficersContent, ownPart, targetIn } from '../../../domain/report/publication.ts';
import { WITHHELD } from '../../../domain/report/cell.ts';
import { localDay } from '../../../domain/shared/time.ts';
import type { Db } from '../../db/db.ts';
import { readOfficers } from '../../place/reads.ts';
import { readEdition, readPublishedPeriods } from '../publication/reads.ts';

const LISTED_WEEKS = 8;

interface OwnQuestion {
	organizationId: string;
	officerId: string;
	block: OwnBlock;
}

/**
 * What was published of an officer's own results; null where the organization has no such officer. Single weeks, newest first, come
 * without the centre's figure: taken out of a block they would leave the rest of it.
 */
export async function readOwnResults(db: Db, { organizationId, officerId, block }: OwnQuestion) {
	const officer = (await readOfficers(db, organizationId)).find(({ id }) => id === officerId);
	if (!officer) return null;
	const published = (await readPublishedPeriods(db, organizationId, 'officers')).filter((each) => !isFourWeeks(each));
	const weeks = [];
	for (const { from, to } of published.slice(0, LISTED_WEEKS)) {
		const { content, publishedAt, revision } = (await readEdition<OfficersContent>(db, organizationId, 'officers', {
			...{ from, to }
		}))!;
		weeks.push({ from, to, revision, publishedOn: localDay(publishedAt), own: ownPart(content, officerId).own });
	}
	const edition = await readEdition<OfficersContent>(db, organizationId, 'officers', block);
	const part = edition ? ownPart(edition.content, officerId) : { own: WITHHELD, centre: WITHHELD };
	return {
		...{ name: officer.name, ...part, weeks },
		edition: edition && {
			revision: edition.revision,
			publishedOn: localDay(edition.publishedAt),
			target: targetIn(edition.content, 'PV')
		}
	};
}
