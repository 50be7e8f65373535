import Papa from 'papaparse';
import type { IndexTable } from '../../src/lib/domain/report/table.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { readSession } from '../../src/lib/server/account/reads.ts';
import { createUser, signIn } from '../../src/lib/server/account/writes.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import { servingOf } from '../factories/serving.ts';

const FILE = '/(leader)/leader/file';
/** A leader of ward w1 who asks for tables from outside: as the file of the page and by the API, through the handlers themselves. */
export async function aLeader(db: Db, now: number) {
	const serving = servingOf(db);
	const who = { login: 'leader', password: 'một mật khẩu dài' };
	await createUser(db, { organizationId: 'w1', name: 'Ai Đó', role: 'leader', ...who, now });
	const session = await signIn(db, { ...who, now });
	if (!session.ok) throw new Error(session.reason);
	const { token } = session.value;
	const signedIn = await readSession(db, token, now);
	const { GET } = await import('../../src/routes/(leader)/leader/file/+server.ts');
	return {
		async file({ by, from, to }: Asked): Promise<string[]> {
			const url = new URL(`http://ward.test/leader/file?preset=custom&by=${by}&from=${from}&to=${to}`);
			const locals = { signedIn, here: url.pathname, running: serving };
			const response = await GET({ url, params: {}, route: { id: FILE }, locals } as never);
			const csv = (await response.text()).slice(1).trimEnd();
			const { data } = Papa.parse<Record<string, string>>(csv, { delimiter: ';', header: true });
			return data.map((line) => FIGURES.map((name) => line[name]).join(' ')).toSorted();
		},
		async api({ by, from, to }: Asked): Promise<Pick<IndexTable, 'rows' | 'total'>> {
			const url = new URL(`http://ward.test/api/v1/index?by=${by}&from=${from}&to=${to}`);
			const header = (name: string) => (name === 'cookie' ? `__Host-s=${token}` : undefined);
			const call = { method: 'GET', path: url.pathname, query: url.searchParams, header, body: '' };
			const { rows, total } = JSON.parse((await answerApi(serving, call, now)).body) as IndexTable;
			return { rows, total };
		}
	};
}

type Asked = Pick<IndexTable, 'by' | 'from' | 'to'>;

const FIGURES = ['key', 'criterion', 'value', 'n', 'low', 'high', 'verdict', 'sheets'];

/** What a file has to say of a table that was drawn elsewhere: its figures cell by cell, written as a Vietnamese spreadsheet does. */
export function fileOf({ by, rows, total }: IndexTable): string[] {
	const written = (value: unknown) => String(value ?? '').replace('.', ',');
	const lines = [...rows, total].flatMap((row) => {
		const own = CRITERIA.find((criterion) => by === 'criterion' && criterion === row.key);
		const cells = own ? { [own]: row.criteria[own] } : { ...row.criteria, SIPAS: row.sipas };
		return Object.entries(cells).map(([criterion, cell]) => {
			const said = { key: row.key, criterion, ...cell, sheets: row.sheets } as Record<string, unknown>;
			return FIGURES.map((name) => written(said[name])).join(' ');
		});
	});
	return lines.toSorted();
}

/** What the API says of it. */
export const answerOf = ({ rows, total }: IndexTable) =>
	JSON.parse(JSON.stringify({ rows, total })) as Pick<IndexTable, 'rows' | 'total'>;
