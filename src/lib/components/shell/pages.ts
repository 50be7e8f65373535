import { hasSomewhere, type Right } from '$lib/domain/account/right.ts';
import type { Role } from '$lib/domain/account/role.ts';
import { m } from '$lib/paraglide/messages.js';

/** The pages somebody may open, in the order of the navigation; `path` is where the reader is now. */
export function pagesOf(roles: readonly Role[], path: string) {
	const pages = [
		{ href: '/leader', text: m.shell_leader(), right: 'report:read' },
		{ href: '/admin', text: m.admin_title(), right: 'place:read' },
		{ href: '/admin/answers', text: m.answers_title(), right: 'answers:import', unless: 'place:read' },
		{ href: '/admin/comments', text: m.comment_tab(), right: 'comment:moderate', unless: 'place:read' },
		{ href: '/admin/dialogues', text: m.dialogue_title(), right: 'dialogue:read', unless: 'place:read' },
		{ href: '/office', text: m.office_title(), right: 'office:read' },
		{ href: '/office/cases', text: m.desk_tab(), right: 'case:read', unless: 'office:read' }
	] as const satisfies { href: string; text: string; right: Right; unless?: Right }[];
	const grants = roles.map((role) => ({ role, organizationId: '', siteId: '' }));
	return (
		pages
			.filter(({ right }) => hasSomewhere(grants, right))
			// Whoever has the whole administration finds it among its tabs.
			.filter((page) => !('unless' in page) || !hasSomewhere(grants, page.unless))
			.map(({ href, text }) => ({ href, text, current: path === href || path.startsWith(`${href}/`) }))
	);
}
