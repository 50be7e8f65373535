import { chainsOf } from '../../../domain/report/trend.ts';
import { BUILT_IN_VERSIONS } from '../../../domain/survey/catalogue.ts';
import type { Db } from '../../db/db.ts';
import { readVersionRows } from '../../survey/version/reads.ts';

/** Versions that an organization may have answers of, in chains whose figures may be compared; that of the chosen one comes first. */
export async function readChains(db: Db, organizationId: string, versionId: string): Promise<string[][]> {
	const { chains } = await readSeries(db, organizationId, versionId);
	return chains;
}

/** The same, and how each version is called. */
export async function readSeries(
	db: Db,
	organizationId: string,
	versionId: string
): Promise<{ chains: string[][]; names: Map<string, string> }> {
	const rows = (await readVersionRows(db, organizationId)).filter(({ state }) => state !== 'draft');
	const written = rows.map(({ id, questionnaireId, organizationId: of, number, continuesTrend }) => ({
		...{ id, number, continuesTrend },
		line: `${of} ${questionnaireId}`
	}));
	const builtIn = BUILT_IN_VERSIONS.map(({ id }) => ({ id, line: id, number: 0, continuesTrend: false }));
	const chains = chainsOf([...written, ...builtIn]);
	const own = chains.find((chain) => chain.includes(versionId)) ?? [versionId];
	const names = new Map([
		...BUILT_IN_VERSIONS.map(({ id }) => [id, id] as const),
		...rows.map(({ id, name, number }) => [id, `${name} v${number}`] as const)
	]);
	return { chains: [own, ...chains.filter((chain) => chain !== own)], names };
}
