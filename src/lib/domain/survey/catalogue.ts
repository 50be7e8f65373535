import type { QuestionnaireVersion } from './questionnaire.ts';
import { SIPAS19 } from './sipas19.ts';
import { SIPAS5 } from './sipas5.ts';

/** The questionnaires every installation knows. */
export const BUILT_IN_VERSIONS: readonly QuestionnaireVersion[] = [SIPAS5, SIPAS19];

/** A published version never changes, so what was learned once stays true for as long as the program runs. */
const known = new Map(BUILT_IN_VERSIONS.map((version) => [version.id, version]));

/** Makes published versions known to everything that asks by id; the built-in ones are known from the start. */
export function learnVersions(versions: Iterable<QuestionnaireVersion>) {
	for (const version of versions) if (!known.has(version.id)) known.set(version.id, version);
}

export function findVersion(id: string): QuestionnaireVersion | undefined {
	return known.get(id);
}
