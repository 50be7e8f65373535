import { OPEN } from './open.ts';
import type { Row } from './row.ts';
import { V01, V02 } from './v01-v02.ts';
import { V03, V04, V05 } from './v03-v05.ts';
import { V06 } from './v06.ts';
import { V07, V08, V09, V10 } from './v07-v10.ts';
import { V11, V12, V13 } from './v11-v13.ts';
import { V14, V15, V16, V17 } from './v14-v17.ts';

interface Chapter {
	name: string;
	rows: readonly Row[];
}

export const CHAPTERS: readonly Chapter[] = [
	{ name: 'Encoding and sanitization', rows: V01 },
	{ name: 'Validation and business logic', rows: V02 },
	{ name: 'Web frontend', rows: V03 },
	{ name: 'API and web service', rows: V04 },
	{ name: 'Files', rows: V05 },
	{ name: 'Authentication', rows: V06 },
	{ name: 'Sessions', rows: V07 },
	{ name: 'Authorization', rows: V08 },
	{ name: 'Self-contained tokens', rows: V09 },
	{ name: 'OAuth and OpenID Connect', rows: V10 },
	{ name: 'Cryptography', rows: V11 },
	{ name: 'Secure communication', rows: V12 },
	{ name: 'Configuration', rows: V13 },
	{ name: 'Data protection', rows: V14 },
	{ name: 'Secure coding and architecture', rows: V15 },
	{ name: 'Logging and errors', rows: V16 },
	{ name: 'WebRTC', rows: V17 }
];

export const ASVS: readonly Row[] = CHAPTERS.flatMap(({ rows }) => rows);

/** How many rows of a level have a verdict. */
function countOf(rows: readonly Row[], verdict: Row['verdict'], level?: Row['level']): number {
	return rows.filter((row) => row.verdict === verdict && (level === undefined || row.level === level)).length;
}

/** The counts in a sentence a level, and what is open, a line each: for the end of `npm run asvs`. */
export function asvsLines(rows: readonly Row[] = ASVS): string[] {
	const counts = ([1, 2] as const).map((level) => {
		const each = (['held', 'part', 'missing', 'not applicable'] as const).map(
			(verdict) => `${countOf(rows, verdict, level)} ${verdict}`
		);
		return `level ${level}: ${each.join(', ')}`;
	});
	const open = Object.entries(OPEN).map(([id, why]) => `· ${id.padEnd(7)} ${verdictOf(rows, id)}: ${why}`);
	return [...counts, `${open.length} open:`, ...open];
}

const verdictOf = (rows: readonly Row[], id: string) => rows.find((row) => row.id === id)?.verdict ?? 'unknown';
