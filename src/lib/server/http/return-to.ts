/** A path of this site that somebody asked to come back to, or `otherwise`: never another site, whatever it is dressed up as. */
export function pathWithin(text: string | null | undefined, origin: string, otherwise: string): string {
	if (!text?.startsWith('/') || !URL.canParse(text, origin)) return otherwise;
	const url = new URL(text, origin);
	return url.origin === new URL(origin).origin ? `${url.pathname}${url.search}` : otherwise;
}

/** Where somebody who is not signed in is sent; the sign-in brings them back to `here`. */
export function signInAddress(here: string): string {
	return withNext('/sign-in', here);
}

/** A page on the way, which leads on to `next`; the first page needs no naming. */
export function withNext(page: string, next: string): string {
	return next === '/' ? page : `${page}?${new URLSearchParams({ next })}`;
}
