import { LEVELS, type Level, type OnlineChannel } from './dialogue.ts';

/**
 * What a phone shows with every vote: for which dialogue, which slip or device, from where. The server signs it and keeps nothing; a
 * phone may hold several, as when a couple scans two slips.
 */
export interface Pass {
	dialogueId: string;
	level: Level;
	/** The slip's serial or the device's random number. */
	holder: string;
	channel: OnlineChannel;
	hall: number;
	suspect: boolean;
}

const PART = /^[\w-]{1,40}$/;

export const formatPass = ({ dialogueId, level, holder, channel, hall, suspect }: Pass) =>
	[dialogueId, level, holder, channel, hall, suspect ? 1 : 0].join(' ');

/** The pass as a text has it, or null. Says nothing of who signed it. */
export function parsePass(text: string): Pass | null {
	const [dialogueId = '', level = '', holder = '', channel = '', hall = '', suspect = '', ...more] = text.split(' ');
	if (more.length > 0 || !PART.test(dialogueId) || !PART.test(holder) || !/^\d{1,2}$/.test(hall)) return null;
	if (!(LEVELS as readonly string[]).includes(level) || (channel !== 'live-hall' && channel !== 'live-stream'))
		return null;
	return { dialogueId, level: level as Level, holder, channel, hall: Number(hall), suspect: suspect === '1' };
}

/** A hall code changes this often: a stream is later than that, so whoever knows the code sits in the hall (reference/live.md 6.3). */
export const HALL_CODE_MS = 10_000;
/** Whoever types needs some seconds: the code before the one on the screen still counts. */
const CODES_THAT_COUNT = 2;

/** Which of the steps of time a hall code may be of, the newest first. */
export function hallCodeSteps(now: number): number[] {
	const step = Math.floor(now / HALL_CODE_MS);
	return Array.from({ length: CODES_THAT_COUNT }, (_, back) => step - back);
}

export const isHallCode = (text: string) => /^\d{6}$/.test(text);
