import { formatCount, formatPercent } from '../../domain/shared/number.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../../domain/shared/time.ts';
import {
	backupState,
	databaseState,
	diskState,
	letterState,
	loopState,
	tabletState,
	type Standing,
	type State
} from '../../domain/status/standing.ts';
import { m } from '$lib/paraglide/messages.js';

export interface StatusLine {
	key: string;
	state: State;
	title: string;
	says: string;
	/** What to do, where something is to be done. */
	step?: string;
	/** Where it is done in this program. */
	href?: string;
}

export const STATE_WORDS: Record<State, () => string> = {
	well: m.status_word_well,
	watch: m.status_word_watch,
	bad: m.status_word_bad,
	unknown: m.status_word_unknown
};

export function spanWords(ms: number): string {
	if (ms < MINUTE_MS) return m.status_span_now();
	if (ms < 2 * HOUR_MS) return m.status_span_minutes({ n: Math.floor(ms / MINUTE_MS) });
	if (ms < 2 * DAY_MS) return m.status_span_hours({ n: Math.floor(ms / HOUR_MS) });
	return m.status_span_days({ n: formatCount(Math.floor(ms / DAY_MS)) });
}

function sizeWords(bytes: number): string {
	const units = ['KB', 'MB', 'GB', 'TB'];
	let size = bytes / 1024;
	let unit = 0;
	while (size >= 1024 && unit < units.length - 1) {
		size /= 1024;
		unit++;
	}
	return `${formatCount(Math.round(size))} ${units[unit]}`;
}

/** Every part in a fixed order, with what it is like and what to do about it. */
export function statusLines(standing: Standing, base: string): StatusLine[] {
	const { now, loop, brokenChains, withheld, viewers, version, migration, startedAt } = standing;
	return [
		databaseLine(standing.database),
		diskLine(standing.disk),
		backupLine(standing),
		lettersLine(standing.letters),
		tabletsLine(standing.tablets, base),
		{
			key: 'chain',
			state: brokenChains > 0 ? 'bad' : 'well',
			title: m.status_chain(),
			says: brokenChains > 0 ? m.status_chain_bad({ n: brokenChains }) : m.status_chain_well(),
			...(brokenChains > 0 && { step: m.status_chain_do() })
		},
		{
			key: 'loop',
			state: loopState(loop),
			title: m.status_loop(),
			says: loop === null ? m.status_unread() : m.status_loop_says({ ms: formatCount(Math.round(loop)) }),
			...(!['well', 'unknown'].includes(loopState(loop)) && { step: m.status_loop_do() })
		},
		{
			key: 'withheld',
			state: withheld === null ? 'unknown' : 'well',
			title: m.status_withheld(),
			says: withheld === null ? m.status_unread() : m.status_withheld_says({ n: formatCount(withheld) })
		},
		{
			key: 'viewers',
			state: 'well',
			title: m.status_viewers(),
			says: m.status_viewers_says({ n: formatCount(viewers) })
		},
		{
			key: 'clock',
			state: 'well',
			title: m.status_clock(),
			says: `${m.status_clock_says({ time: formatInstant(now) })} ${m.status_clock_do()}`
		},
		{
			key: 'program',
			state: 'well',
			title: m.status_program(),
			says: m.status_program_says({ version, migration, since: formatInstant(startedAt) })
		}
	];
}

function databaseLine(database: Standing['database']): StatusLine {
	const { engine, bytes, walBytes, failed } = database;
	const line = { key: 'database', state: databaseState(database), title: m.status_database() };
	if (failed === 'full') return { ...line, says: m.status_database_full(), step: m.status_database_full_do() };
	if (failed) return { ...line, says: m.status_database_unavailable(), step: m.status_database_unavailable_do() };
	if (engine === 'postgres') return { ...line, says: m.status_database_postgres() };
	const says = m.status_database_sqlite({ size: sizeWords(bytes ?? 0), wal: sizeWords(walBytes ?? 0) });
	return { ...line, says, ...(line.state !== 'well' && { step: m.status_database_wal_do() }) };
}

function diskLine(disk: Standing['disk']): StatusLine {
	const line = { key: 'disk', state: diskState(disk), title: m.status_disk() };
	if (!disk) return { ...line, says: m.status_disk_unknown(), step: m.status_disk_do() };
	const share = `${formatPercent((100 * disk.free) / disk.total)} %`;
	const says = m.status_disk_says({ free: sizeWords(disk.free), total: sizeWords(disk.total), share });
	return { ...line, says, ...(line.state !== 'well' && { step: m.status_disk_do() }) };
}

function backupLine(standing: Standing): StatusLine {
	const { backup, database, now } = standing;
	const line = { key: 'backup', state: backupState(standing), title: m.status_backup() };
	if (!backup)
		return database.engine === 'sqlite'
			? { ...line, says: m.status_backup_unset(), step: m.status_backup_unset_do() }
			: { ...line, says: m.status_backup_postgres(), step: m.status_backup_postgres_do() };
	const says =
		backup.finishedAt === null
			? m.status_backup_first()
			: m.status_backup_says({ age: spanWords(now - backup.finishedAt) });
	return { ...line, says, ...((backup.failed || backup.late) && { step: m.status_backup_failed_do() }) };
}

function lettersLine(letters: Standing['letters']): StatusLine {
	const line = { key: 'letters', state: letterState(letters), title: m.status_letters() };
	if (!letters) return { ...line, says: m.status_unread() };
	if (letters.waiting === 0) return { ...line, says: m.status_letters_none() };
	const says = m.status_letters_says({ n: formatCount(letters.waiting), age: spanWords(letters.oldest) });
	return { ...line, says, ...(line.state !== 'well' && { step: m.status_letters_do() }) };
}

function tabletsLine(tablets: Standing['tablets'], base: string): StatusLine {
	const { active, silent, troubled, queued } = tablets;
	const line = { key: 'tablets', state: tabletState(tablets), title: m.status_tablets() };
	if (active === 0) return { ...line, says: m.status_tablets_none() };
	const figures = { active, silent, troubled, queued };
	const said = Object.fromEntries(Object.entries(figures).map(([name, n]) => [name, formatCount(n)]));
	const says = m.status_tablets_says(said as Record<keyof typeof figures, string>);
	return { ...line, says, step: m.status_tablets_do(), href: `${base}/terminals` };
}
