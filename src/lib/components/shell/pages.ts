import { can, type Role } from '$lib/domain/account/role.ts';
import { m } from '$lib/paraglide/messages.js';

/** The pages a role may open, in the order of the navigation; `path` is where the reader is now. */
export function pagesOf(role: Role, path: string) {
	const pages = [
		{ href: '/leader', text: m.shell_leader(), ability: 'report:read' },
		{ href: '/admin', text: m.admin_title(), ability: 'place:manage' }
	] as const;
	return pages
		.filter(({ ability }) => can(role, ability))
		.map(({ href, text }) => ({ href, text, current: path === href || path.startsWith(`${href}/`) }));
}
