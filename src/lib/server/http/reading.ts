import type { AuditAction } from '../../domain/account/audit.ts';
import { formatDay } from '../../domain/shared/time.ts';
import { noteEvent } from '../account/audit/writes.ts';
import type { Serving } from '../serving.ts';
import { storageProblem } from './problem.ts';

interface Reading {
	organizationId: string;
	/** The user, or 'system' for the command line. */
	actorId: string;
	action: Extract<AuditAction, 'officer-scores-read' | 'exported' | 'quarantine-opened'>;
	object: string;
	detail: string;
	now: number;
}

/**
 * Who looked at what leaves a line. A disk that is full or read-only is reported and keeps nobody from reading: what was looked at
 * is then missing in the log, not the figures on the screen.
 */
export async function noteReading({ db, report }: Pick<Serving, 'db' | 'report'>, reading: Reading) {
	try {
		await noteEvent(db, reading);
	} catch (problem) {
		if (storageProblem(problem) === null) throw problem;
		report(problem);
	}
}

/** What was asked of a report, for the detail of its line. */
export function sayQuestion({ from, to, version, method, channel }: Question): string {
	const days = `${formatDay(from)} – ${formatDay(to)}`;
	return [days, version, method, channel === 'official' ? '' : channel].filter(Boolean).join(' · ');
}

interface Question {
	from: string;
	to: string;
	version: string;
	method?: string;
	/** The word it was asked by; the official ones need no mention. */
	channel?: string;
}
