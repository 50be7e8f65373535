import { CRITERIA, type Criterion } from '../survey/criterion.ts';

/**
 * The second question of a rotating tablet: the least asked of the four criteria that are not about the officer, so that all
 * fill evenly; `random` (0 ≤ r < 1) settles ties.
 */
export function nextCriterion(asked: Record<Criterion, number>, random: number): Criterion {
	const others = CRITERIA.filter((criterion) => criterion !== 'PV');
	const fewest = Math.min(...others.map((criterion) => asked[criterion]));
	const candidates = others.filter((criterion) => asked[criterion] === fewest);
	return candidates[Math.floor(random * candidates.length)] ?? 'TC';
}
