import { completeProfile, type Profile } from '../../src/lib/domain/terminal/profile.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import {
	counterFields,
	counters,
	duties,
	fields,
	officers,
	organizations,
	sites
} from '../../src/lib/server/db/schema/place.ts';
import { terminals } from '../../src/lib/server/db/schema/terminal.ts';

/** Open from morning to evening without a break, so that noon is within. */
export const A_PROFILE: Profile = completeProfile({ mode: 'rotating', hours: 'own' });

/** A small ward: one site, counters q1 (field f1) and q2 (fields f1, f2), officers o1 and o2 on open duties d1 and d2, tablets t1 and t2. */
export async function aWard(db: Db, id = 'w1', { publicKey = {} as JsonWebKey, since = 0 } = {}) {
	const own = (name: string) => (id === 'w1' ? name : `${id}-${name}`);
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id, kind: 'ward', name: `Phường ${id}` });
		await tx.insert(sites).values({ id: own('s1'), organizationId: id, name: 'Trung tâm', kind: 'main' });
		await tx.insert(fields).values([
			{ id: own('f1'), organizationId: id, code: 'HT', name: 'Hộ tịch', nameEn: 'Civil status' },
			{ id: own('f2'), organizationId: id, code: 'CT', name: 'Chứng thực', nameEn: 'Certification' }
		]);
		for (const number of ['1', '2']) {
			const [counterId, officerId] = [own(`q${number}`), own(`o${number}`)];
			const base = { organizationId: id, siteId: own('s1') };
			await tx.insert(counters).values({ ...base, id: counterId, number, name: `Quầy ${number}` });
			await tx.insert(officers).values({ id: officerId, organizationId: id, name: `Công Chức ${number}` });
			await tx
				.insert(duties)
				.values({ id: own(`d${number}`), organizationId: id, counterId, officerId, startsAt: since, source: 'roster' });
			await tx.insert(terminals).values({
				id: own(`t${number}`),
				organizationId: id,
				counterId,
				name: `Máy ${number}`,
				publicKey,
				profile: A_PROFILE,
				pairedAt: since
			});
		}
		await tx.insert(counterFields).values([
			{ counterId: own('q1'), fieldId: own('f1') },
			{ counterId: own('q2'), fieldId: own('f1') },
			{ counterId: own('q2'), fieldId: own('f2') }
		]);
	});
	return {
		id,
		sender: { id: own('t1'), organizationId: id, counterId: own('q1') },
		sender2: { id: own('t2'), organizationId: id, counterId: own('q2') }
	};
}
