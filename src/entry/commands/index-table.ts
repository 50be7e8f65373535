import { sayTargets } from '../../lib/domain/report/targets.ts';
import { DEFAULT_METHOD, INDEX_NAME, isMethod, METHOD_NAMES, METHODS } from '../../lib/domain/report/method.ts';
import {
	DIMENSIONS,
	type Cell,
	type Dimension,
	type IndexRow,
	type IndexTable,
	isBeside
} from '../../lib/domain/report/table.ts';
import { formatCount, formatPercent } from '../../lib/domain/shared/number.ts';
import { formatDay } from '../../lib/domain/shared/time.ts';
import {
	CHANNEL_CHOICES,
	CHANNEL_NAMES,
	channelsNamed,
	isOfficial,
	UNVERIFIED_WORDS
} from '../../lib/domain/submission/channel.ts';
import { CRITERIA } from '../../lib/domain/survey/criterion.ts';
import { readIndexTable } from '../../lib/server/report/reads.ts';
import { readUsableVersions } from '../../lib/server/survey/reads.ts';
import { noteReading, sayQuestion } from '../../lib/server/http/reading.ts';
import { chosenOrganization, sayUnnoted, withDatabase } from './database.ts';
import { UsageProblem } from './ending.ts';
import { readOptions, readPeriod } from './options.ts';

const text = { type: 'string' } as const;
const options = {
	by: text,
	from: text,
	to: text,
	method: text,
	version: text,
	channel: text,
	org: text,
	json: { type: 'boolean' }
} as const;

/** The table that the leader's page draws, as JSON for programs or as text for people. */
export async function run(args: string[]) {
	const { values } = readOptions({ args, options });
	const { by, method = DEFAULT_METHOD, channel = 'official' } = values;
	if (!isDimension(by)) throw new UsageProblem(`--by phải là một trong: ${DIMENSIONS.join(', ')}.`);
	if (!isMethod(method)) throw new UsageProblem(`--method phải là một trong: ${METHODS.join(', ')}.`);
	const channels = channelsNamed(channel);
	if (!channels) throw new UsageProblem(`--channel phải là một trong: ${CHANNEL_CHOICES.join(', ')}.`);
	if (by === 'channel' && channel !== 'official') throw new UsageProblem('--by channel đã có mọi kênh.');
	const period = readPeriod(values);
	await withDatabase(async (db) => {
		const { id, name, demonstration, target, versionId } = await chosenOrganization(db, values.org);
		const usable = (await readUsableVersions(db, id, true)).map((version) => version.id);
		if (values.version !== undefined && !usable.includes(values.version)) {
			throw new UsageProblem(`--version phải là một trong: ${usable.join(', ')}.`);
		}
		const version = values.version ?? versionId;
		const question = { organizationId: id, by, method, versionId: version, target: target / 100, channels };
		const table = await readIndexTable(db, { ...question, ...period });
		if (by === 'officer') {
			const detail = sayQuestion({ ...period, method, version, channel });
			const line = {
				actorId: 'system',
				action: 'officer-scores-read',
				object: 'cli',
				detail,
				now: Date.now()
			} as const;
			await noteReading({ db, report: sayUnnoted }, { organizationId: id, ...line });
		}
		if (values.json) console.log(JSON.stringify({ organization: { id, name, demonstration }, ...table }, null, 2));
		else console.log(readable(table, demonstration ? `${name} – dữ liệu trình diễn` : name));
	});
}

const isDimension = (name: string | undefined): name is Dimension =>
	(DIMENSIONS as readonly string[]).includes(name ?? '');

function readable(table: IndexTable, place: string): string {
	const heads = ['', 'Phiếu', ...CRITERIA, 'SIPAS'];
	const counted = table.rows.filter((row) => !isBeside(row));
	const beside = table.rows.filter(isBeside);
	const lines = [...counted, table.total, ...beside].map((row) => lineOf(row, table.by === 'criterion'));
	const widths = heads.map((head, column) => Math.max(...[head, ...lines.map((line) => line[column])].map(width)));
	const draw = (line: readonly string[]) =>
		line.map((cell, i) => (i === 0 ? cell + pad(cell, widths[i]) : pad(cell, widths[i]) + cell)).join('  ');
	return [
		INDEX_NAME.vi,
		place,
		`Từ ${formatDay(table.from)} đến ${formatDay(table.to)} · ${METHOD_NAMES[table.method].vi} (${table.method}) · ${table.versionId}`,
		`Kênh được tính: ${table.channels.map(nameOfChannel).join(', ')}`,
		'',
		...[heads, ...lines].map((line) => draw(line).trimEnd()),
		'',
		...table.rows.flatMap(sayGap),
		...(beside.some(({ apart }) => apart) ? [APART] : []),
		`Trong ngoặc là số người trả lời; "${WITHHELD}": chưa đủ dữ liệu; "*": dưới 30, chỉ tham khảo. Mục tiêu ${sayTargets(table.targets)} %.`
	].join('\n');
}

const WITHHELD = '…';
const APART =
	'"không nối tiếp": bộ câu hỏi bắt đầu một chuỗi số liệu khác, không nằm trong tổng và không so sánh với các bộ khác.';

function lineOf(row: IndexRow, oneCriterion: boolean): string[] {
	const criteria = CRITERIA.map((criterion) => {
		const foreign = oneCriterion && row.key !== null && row.key !== criterion;
		return foreign ? '' : show(row.criteria[criterion]);
	});
	return [nameOf(row), row.sheets === null ? WITHHELD : formatCount(row.sheets), ...criteria, show(row.sipas)];
}

function nameOf({ name, gap, apart }: IndexRow): string {
	if (gap) return `${name} (${UNVERIFIED_WORDS.vi})`;
	return apart ? `${name} (không nối tiếp)` : name;
}

function show(cell: Cell): string {
	if ('withheld' in cell) return WITHHELD;
	return `${formatPercent(cell.value)} (${formatCount(cell.n)}${cell.advisory ? '*' : ''})`;
}

const nameOfChannel = (channel: IndexTable['channels'][number]) =>
	isOfficial(channel) ? CHANNEL_NAMES[channel].vi : `${CHANNEL_NAMES[channel].vi} (${UNVERIFIED_WORDS.vi})`;

/** How far a channel that does not count lies from those that do, in percentage points; nothing where that is withheld. */
function sayGap({ name, gap }: IndexRow): string[] {
	if (!gap || 'withheld' in gap.sipas) return [];
	const { value, low, high } = gap.sipas;
	const interval = `khoảng tin cậy 95 % từ ${formatPercent(low)} đến ${formatPercent(high)}`;
	return [`${name}: không nằm trong tổng, lệch ${formatPercent(value)} điểm SIPAS (${interval}).`];
}

/** Signs as they stand on the screen; names are NFC, so one sign is one place. */
const width = (cell: string) => [...cell.normalize('NFC')].length;
const pad = (cell: string, to: number) => ' '.repeat(to - width(cell));
