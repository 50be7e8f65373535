import { createHash } from 'node:crypto';
import { TICKET_CHARACTERS, ticketCode } from '../../src/lib/domain/survey/code.ts';
import { caseMark } from '../../src/lib/server/casework/cases/reads.ts';
import { openCase } from '../../src/lib/server/casework/cases/writes.ts';
import { readFollowedCase } from '../../src/lib/server/casework/following/reads.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { countCaseCode } from '../../src/lib/server/http/limits.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { median, round, type Figure } from './figure.ts';
import { foundProvince } from './province.ts';
import { freshFolder } from './servers.ts';

const CASES = 10_000;
const TRIES = 4_000;
const LIMIT_YEARS = 100;
const YEAR_S = 365.25 * 24 * 3600;

/**
 * How long whoever guesses takes to find one of 10 000 codes, in years: at the speed at which this machine looks codes up without any
 * limit, as if every try came from another network; and from one network, which is let through so many tries and no more.
 */
export async function caseCodes(seed: number): Promise<Figure> {
	const folder = freshFolder();
	const db = await openDb(`file:${folder.path}/product.db`);
	const secret = secretFrom('a-secret-for-the-bench-of-thirty-two-signs');
	const [wards, countersPerWard, fieldsPerWard, fieldsPerCounter, officersPerCounter] = [1, 1, 1, 1, 1];
	await foundProvince(db, { wards, countersPerWard, fieldsPerWard, fieldsPerCounter, officersPerCounter });
	const fresh = {
		organizationId: 'w000000000',
		source: 'request',
		class: 'rules',
		toHead: false,
		subject: 'x'
	} as const;
	await commit(db, async (tx) => {
		for (let i = 0; i < CASES; i++)
			await openCase(tx, secret, { ...fresh, sourceId: `r${i}`, receivedAt: 0 }, { actorId: 'u1', now: 0 });
	});
	const guess = (i: number) => ticketCode(createHash('sha256').update(`${seed} ${i}`).digest());
	const times: Record<'well-formed' | 'malformed', number[]> = { 'well-formed': [], malformed: [] };
	let found = 0;
	const began = performance.now();
	for (let i = 0; i < TRIES; i++) {
		const from = performance.now();
		const [kind, code] = i % 2 === 0 ? (['well-formed', guess(i)] as const) : (['malformed', `${guess(i)}0`] as const);
		if (await readFollowedCase(db, secret, caseMark(secret, code), 0)) found++;
		times[kind].push(performance.now() - from);
	}
	const perSecond = TRIES / ((performance.now() - began) / 1000);
	let through = 0;
	while ((await countCaseCode('192.0.2.1')) === null) through++;
	await db.store.close();
	folder.remove();
	// Half of all codes on average; the check character is computed and costs a guesser nothing.
	const tries = 32 ** TICKET_CHARACTERS / CASES / 2;
	const years = tries / perSecond / YEAR_S;
	const oneNetwork = tries / (through / 600) / YEAR_S;
	return {
		...{
			name: 'case-codes',
			value: round(years),
			unit: 'years',
			limit: LIMIT_YEARS,
			ratio: round(years / LIMIT_YEARS, 1)
		},
		...{ n: TRIES, seed, held: found === 0 && years >= LIMIT_YEARS },
		details: [
			`${round(perSecond)} tries/s without any limit, ${found} of ${TRIES} found one of ${CASES} codes`,
			`${through} wrong codes in ten minutes from one network: ${oneNetwork.toExponential(1)} years`,
			`an unknown code takes ${round(median(times['well-formed']), 3)} ms, one that cannot be ${round(median(times.malformed), 3)} ms`
		]
	};
}
