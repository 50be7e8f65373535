import { taskEntry } from '../../domain/casework/plan/entry.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import type { KnownOrganization } from '../account/reads.ts';
import type { Db } from '../db/db.ts';
import { readSites } from '../place/reads.ts';
import { knowVersions } from '../survey/reads.ts';
import { parseForm } from './form.ts';

/** A task's form; boxes of one name are sent once each. */
export function parseTask(form: FormData) {
	for (const name of ['reasons', 'items']) form.set(name, form.getAll(name).join(' '));
	return parseForm(taskEntry, form);
}

/** What a task can be about in a ward: its sites, and the reasons and questions of the questionnaire it uses. */
export async function choicesOf(db: Db, { id, versionId }: Pick<KnownOrganization, 'id' | 'versionId'>) {
	await knowVersions(db, [versionId]);
	const { items = [], reasons = [] } = findVersion(versionId) ?? {};
	const sites = await readSites(db, id);
	return {
		sites: sites.map((site) => ({ id: site.id, name: site.name })),
		items: items.map((item) => ({ code: item.id, criterion: item.criterion, text: item.text.vi })),
		reasons: reasons.map(({ code, criterion, text }) => ({ code, criterion, text: text.vi }))
	};
}
