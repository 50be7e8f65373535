import { seeded } from '../../src/lib/domain/shared/random.ts';
import { addDays, formatDay } from '../../src/lib/domain/shared/time.ts';
import type { WrittenMap } from '../../src/lib/domain/submission/import/map.ts';
import type { QuestionnaireVersion } from '../../src/lib/domain/survey/questionnaire.ts';

/** A map that fits the columns of `foreignCsv`. */
export function aMap(version: QuestionnaireVersion, overrides: Partial<WrittenMap> = {}): WrittenMap {
	return {
		source: 'Khảo sát của tỉnh',
		version: version.id,
		id: 'Mã phiếu',
		date: { column: 'Ngày' },
		items: Object.fromEntries(version.items.map(({ id }, i) => [id, `Câu ${i + 1}`])),
		counter: 'Quầy',
		officer: 'Công chức',
		...overrides
	};
}

/** A file as another program writes it: a row a sheet, answers 1..5, here and there a cell without one. */
export function foreignCsv(version: QuestionnaireVersion, rows: number, seed: number): string {
	const { next } = seeded(seed);
	const head = ['Mã phiếu', 'Ngày', 'Quầy', 'Công chức', ...version.items.map((_, i) => `Câu ${i + 1}`)];
	const lines = Array.from({ length: rows }, (_, i) => {
		const day = formatDay(addDays('2026-09-01', Math.floor(next() * 80)));
		const at = 1 + (i % 2);
		const answers = version.items.map(() => (next() < 0.03 ? '' : String(Math.min(5, 2 + Math.floor(next() * 4)))));
		return [`P${i + 1}`, day, `Quầy ${at}`, `Công chức ${at}`, ...answers].join(';');
	});
	return [head.join(';'), ...lines].join('\r\n');
}
