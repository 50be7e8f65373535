import { searchKey } from '../../shared/list.ts';
import { CRITERIA, CRITERION_NAMES, type Criterion } from '../criterion.ts';
import type { Wording } from './tables.ts';

/** Words that a group or a question about a criterion is likely to have, as search keys. */
const WORDS: Record<Criterion, RegExp> = {
	TC: /tiep can|noi cho|cho ngoi|trang thiet bi|co so vat chat|tru so|\baccess|\bfacilit|waiting area|premises/,
	HC: /thu tuc|thanh phan ho so|giay to|\bphi\b|le phi|procedure|paperwork|\bforms?\b|\bfees?\b/,
	PV: /cong chuc|can bo|nhan vien|thai do|\bstaff\b|\bofficers?\b|officials?\b|employee|civil servant/,
	KQ: /ket qua|tien do|dung hen|tra ho so|\bresults?\b|timel|deadline|outcome/,
	TT: /phan anh|kien nghi|gop y|khieu nai|feedback|complaint|suggestion/
};

/** The criterion that a text is about; null where its words fit none, or more than one. */
export function guessCriterion(words: Wording): Criterion | null {
	const keys = [...words.values()].map(searchKey);
	const named = CRITERIA.filter((criterion) =>
		keys.some((key) => Object.values(CRITERION_NAMES[criterion]).some((name) => key.includes(searchKey(name))))
	);
	if (named.length === 1) return named[0];
	const likely = CRITERIA.filter((criterion) => keys.some((key) => WORDS[criterion].test(key)));
	return likely.length === 1 ? likely[0] : null;
}
