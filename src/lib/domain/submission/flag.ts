/** Why a sheet is doubted. A sheet can carry several; none is ever a reason to delete it. */
export const FLAGS = [
	/** Answered less than 15 seconds after the one before it on the same tablet: counted, and shown as doubted (decision 0007). */
	'repeat',
	/** The citizen pressed "chosen by mistake" and answered again. */
	'replaced',
	/** It says that it replaces a sheet that is not the one before it on its tablet: it replaces nothing. */
	'replaces-foreign',
	/** Two different sheets came under one running number: the tablet was copied. */
	'forked',
	/** The tablet's clock was ahead of the server's, or days behind; the day is the one of arrival. */
	'clock-future',
	'clock-past',
	/** The duty it names is unknown: unattributed. */
	'duty-unknown',
	/** It lay in quarantine until one person proposed and another decided to take it in (decision 0021). */
	'from-quarantine',
	/** On an open poster: far more answers in a few minutes than people can scan, or several from one device in a day; `burst` also from a ticket that was made faster than visits go, and from a ballot of a dialogue that came in a burst no hall explains. */
	'burst',
	'device-again',
	/** Seen by night (decision 0068): five or more alike at a pace no queue has; the same, slower, right after staff was at the tablet or signed in; long before or after opening hours; while by the roster nobody was there. */
	'pace',
	'after-staff',
	'off-hours',
	'off-duty',
	/** Two people took it out with a reason, together with all that was given there and then (decision 0053). */
	'excluded'
] as const;
export type Flag = (typeof FLAGS)[number];

/** A sheet with one of these is no answer of its own and stays out of the index; other flags only raise a doubt (decision 0007). */
const EXCLUDING: readonly Flag[] = ['replaced', 'forked', 'excluded'];

export function isCounted(flags: readonly Flag[]): boolean {
	return !flags.some((flag) => EXCLUDING.includes(flag));
}

/** Whether it would count but for what two people decided. */
export function countsOfItself(flags: readonly Flag[]): boolean {
	return isCounted(flags.filter((flag) => flag !== 'excluded'));
}

export function parseFlags(text: string): Flag[] {
	return text === '' ? [] : (text.split(',') as Flag[]);
}

export function formatFlags(flags: readonly Flag[]): string {
	return flags.length === 0 ? '' : FLAGS.filter((flag) => flags.includes(flag)).join(',');
}
