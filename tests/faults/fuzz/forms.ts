/** A form as a page shows it: what a person would send without touching it. */
export interface Form {
	method: string;
	action: string;
	fields: Record<string, string>;
}

/** What ends a session, or takes the account from under it: sent in earnest it would leave nobody to go on as. */
const ENDS = /sign-out|\/account\/|\/invitation|\/reset|\/users?\/|\/people\//;

/** The forms of a page at `path` that are sent by POST. */
export function formsOf(html: string, path: string): Form[] {
	return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].flatMap(([, head, inside]) => {
		if (!/method="post"/i.test(head)) return [];
		const action = new URL(attribute(head, 'action') ?? '', new URL(path, 'http://x')).href.replace('http://x', '');
		if (ENDS.test(action)) return [];
		const fields: Record<string, string> = {};
		for (const [, own] of inside.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>/g)) {
			const name = attribute(own, 'name');
			if (name) fields[name] = attribute(own, 'value') ?? '1';
		}
		for (const [, name, options] of inside.matchAll(/<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)<\/select>/gs)) {
			const values = [...options.matchAll(/value="([^"]+)"/g)].map(([, value]) => value);
			if (values.length > 0) fields[name] = values[0];
		}
		return [{ method: 'POST', action, fields }];
	});
}

const attribute = (head: string, name: string) =>
	new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1].replaceAll('&amp;', '&').replaceAll('&quot;', '"');
