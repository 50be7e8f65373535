import { requireAbility } from '$lib/server/http/guard.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => {
	const { user, organization } = requireAbility(locals, 'place:manage');
	return {
		user: { name: user.name, role: user.role },
		organization: { name: organization.name, demonstration: organization.demonstration }
	};
};
