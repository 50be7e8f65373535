import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
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
import { oneOf, uuidFrom } from '../../terminals/simulator/random.ts';
import { A_PROFILE } from '../factories/place.ts';

/** A tablet of the benchmark's province and all that a sheet of it may name. */
export interface Tablet {
	id: string;
	organizationId: string;
	siteId: string;
	counterId: string;
	fieldIds: string[];
	/** The officer of each duty is the same id with 'o' for 'd'. */
	dutyIds: string[];
}

export interface Shape {
	wards: number;
	countersPerWard: number;
	fieldsPerWard: number;
	fieldsPerCounter: number;
	officersPerCounter: number;
}

const FULL = { ...A_PROFILE, mode: 'full' } as const;
export const ITEMS = ['TC', 'HC', 'PV', 'KQ', 'TT'];

/** One tablet a counter. */
export function tabletsOf(shape: Shape): Tablet[] {
	return count(shape.wards).flatMap((ward) =>
		count(shape.countersPerWard).map((number): Tablet => {
			return {
				id: id('t', ward, number),
				organizationId: id('w', ward),
				siteId: id('s', ward),
				counterId: id('q', ward, number),
				fieldIds: count(shape.fieldsPerCounter).map((i) =>
					id('f', ward, (number * shape.fieldsPerCounter + i) % shape.fieldsPerWard)
				),
				dutyIds: count(shape.officersPerCounter).map((i) => id('d', ward, number, i))
			};
		})
	);
}

export const officerOf = (dutyId: string) => `o${dutyId.slice(1)}`;

/** Puts the places and the tablets, all with one public key, into an empty database. */
export async function foundProvince(db: Db, shape: Shape, publicKey: JsonWebKey = {}) {
	const tablets = tabletsOf(shape);
	await commit(db, async (tx) => {
		for (const ward of count(shape.wards)) {
			const organizationId = id('w', ward);
			await tx.insert(organizations).values({ id: organizationId, kind: 'ward', name: `Phường ${ward + 1}` });
			await tx.insert(sites).values({ id: id('s', ward), organizationId, name: 'Trung tâm', kind: 'main' });
			for (const field of count(shape.fieldsPerWard)) {
				const name = { code: `L${field + 1}`, name: `Lĩnh vực ${field + 1}`, nameEn: `Field ${field + 1}` };
				await tx.insert(fields).values({ id: id('f', ward, field), organizationId, ...name });
			}
		}
		for (const { id: terminalId, organizationId, siteId, counterId, fieldIds, dutyIds } of tablets) {
			const base = { organizationId, siteId };
			await tx.insert(counters).values({ ...base, id: counterId, number: counterId, name: `Quầy ${counterId}` });
			await tx.insert(counterFields).values(fieldIds.map((fieldId) => ({ counterId, fieldId })));
			for (const dutyId of dutyIds) {
				const officerId = officerOf(dutyId);
				await tx.insert(officers).values({ id: officerId, organizationId, name: `Công Chức ${officerId}` });
				const duty = { id: dutyId, organizationId, counterId, officerId, startsAt: 0, source: 'roster' as const };
				await tx.insert(duties).values(duty);
			}
			const paired = { publicKey, profile: FULL, pairedAt: 0 };
			await tx
				.insert(terminals)
				.values({ ...paired, id: terminalId, organizationId, counterId, name: `Máy ${terminalId}` });
		}
	});
	return tablets;
}

/** A full sheet of five answers, mostly content, now and then with a reason; four in five name their field. */
export function fullSheet(tablet: Tablet, sequence: number, answeredAt: number, random: () => number): Sheet {
	const answers = ITEMS.map((itemId) => ({ itemId, value: scoreOf(random()) }));
	return {
		id: uuidFrom(random),
		sequence,
		versionId: 'SIPAS5-v1',
		dutyId: oneOf(random, tablet.dutyIds),
		fieldId: random() < 0.8 ? oneOf(random, tablet.fieldIds) : null,
		answeredAt: new Date(answeredAt).toISOString(),
		locale: 'vi',
		answers,
		reasons: answers[2].value <= 2 ? ['R09'] : [],
		comment: null,
		replaces: null
	};
}

export function scoreOf(share: number): 1 | 2 | 3 | 4 | 5 {
	if (share < 0.02) return 1;
	if (share < 0.06) return 2;
	if (share < 0.14) return 3;
	return share < 0.5 ? 4 : 5;
}

const count = (n: number) => Array.from({ length: n }, (_, i) => i);
/** Ten characters, as long as the ids of the product. */
const id = (kind: string, ...numbers: number[]) =>
	kind +
	numbers
		.map((n) => n.toString(36).padStart(2, '0'))
		.join('')
		.padStart(9, '0');
