/** The longest address a mail server takes (RFC 5321). */
export const LONGEST_EMAIL = 254;

/** One address as it is written down everywhere: no name, no list, no line end. Whether it exists only a letter can tell. */
export function isEmail(text: string): boolean {
	return text.length <= LONGEST_EMAIL && /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text);
}
