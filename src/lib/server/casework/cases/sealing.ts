import type { Secret } from '../../secret/secret.ts';
import type { CaseStep } from './reads.ts';

/** Before what is sealed; a version that sealed nothing left words as they are. */
const SEALED = 'sealed:';
type Of = Pick<CaseStep, 'caseId' | 'version'>;

/** What a citizen adds to their request is kept as the request is: whoever holds the database or its backup alone reads nothing. */
export const sealWords = (secret: Secret, { caseId, version }: Of, words: string) =>
	SEALED + secret.seal('case', JSON.stringify(['words', caseId, version, words]));

/** The words of a step as they were written; '' of what was sealed under another secret, or for another step. */
export function openWords(secret: Secret, { caseId, version, deed, actorId, text }: CaseStep): string {
	if (deed !== 'supplement' || actorId !== 'citizen' || !text.startsWith(SEALED)) return text;
	const opened = secret.unseal('case', text.slice(SEALED.length));
	if (!opened?.startsWith('["words"')) return '';
	const [, ofCase, ofVersion, words] = JSON.parse(opened) as [string, string, number, string];
	return ofCase === caseId && ofVersion === version ? words : '';
}
