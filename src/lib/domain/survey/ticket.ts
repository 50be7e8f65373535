/** A ticket is good on the day of its issue and this many days after it: a citizen who looks at the receipt later has other things in mind. */
export const TICKET_DAYS = 30;
/** After its last day a ticket still says that it is over; then it is deleted (reference/reliability.md 6). */
export const TICKET_KEPT_DAYS = 60;
/** What one key may make in a day: far more than any centre serves, so that a key in wrong hands is a nuisance and no flood. */
export const TICKETS_PER_KEY_AND_DAY = 5000;

/** What the QR code opens: the code stands behind the #, which no browser sends, so that it is in no log on the way. */
export const ticketUrl = (origin: string, code: string) => `${origin}/r#${code}`;

/** The name that a one-stop-shop system gives its request: printable ASCII, as every header is. */
export const isIdempotencyKey = (text: string) => /^[!-~]{1,128}$/.test(text);
