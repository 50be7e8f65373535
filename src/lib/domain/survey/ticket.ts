/** A ticket is good on the day of its issue and this many days after it: a citizen who looks at the receipt later has other things in mind. */
export const TICKET_DAYS = 30;
/** After its last day a ticket still says that it is over; then it is deleted (reference/reliability.md 6). */
export const TICKET_KEPT_DAYS = 60;
/** How many may be made at once, and how long they may be good. */
export const MOST_TICKETS = 5000;
export const LONGEST_TICKET_DAYS = 90;
/** What one key may make in a day: far more than any centre serves, so that a key in wrong hands is a nuisance and no flood. */
export const TICKETS_PER_KEY_AND_DAY = 5000;

/** What the QR code opens: the code stands behind the #, which no browser sends, so that it is in no log on the way. */
export const ticketUrl = (origin: string, code: string) => `${origin}/r#${code}`;

/** The name that a one-stop-shop system gives its request: printable ASCII, as every header is. */
export const isIdempotencyKey = (text: string) => /^[!-~]{1,128}$/.test(text);

/** Fewer than this many people say nothing about one of them. */
const K = 5;

/**
 * How many tickets of a batch are used, as it may be shown: "so many or more", null where that would be too few. It goes by fives, and
 * five tickets of the batch always may or may not be: so no figure, and no step of one, tells of one slip whether it was answered.
 */
export function usedAtLeast(made: number, used: number): number | null {
	const shown = Math.floor(Math.min(used, made - K) / K) * K;
	return shown >= K ? shown : null;
}
