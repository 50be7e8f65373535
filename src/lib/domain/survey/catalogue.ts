import type { QuestionnaireVersion } from './questionnaire.ts';
import { SIPAS19 } from './sipas19.ts';
import { SIPAS5 } from './sipas5.ts';

/** The questionnaires every installation knows. */
export const BUILT_IN_VERSIONS: readonly QuestionnaireVersion[] = [SIPAS5, SIPAS19];

export function findVersion(id: string): QuestionnaireVersion | undefined {
	return BUILT_IN_VERSIONS.find((version) => version.id === id);
}
