import { hasSomewhere, type Right } from '$lib/domain/account/right.ts';
import type { Role } from '$lib/domain/account/role.ts';
import { m } from '$lib/paraglide/messages.js';

/** The pages somebody may open, in the order of the navigation; `path` is where the reader is now. */
export function pagesOf(roles: readonly Role[], path: string) {
	const pages = [
		{ href: '/leader', text: m.shell_leader(), right: 'report:read' },
		{ href: '/admin', text: m.admin_title(), right: 'place:read' },
		{ href: '/office', text: m.office_title(), right: 'office:read' }
	] as const satisfies { href: string; text: string; right: Right }[];
	const grants = roles.map((role) => ({ role, organizationId: '', siteId: '' }));
	return pages
		.filter(({ right }) => hasSomewhere(grants, right))
		.map(({ href, text }) => ({ href, text, current: path === href || path.startsWith(`${href}/`) }));
}
