import { requireAbility } from '$lib/server/http/guard.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => {
	const { user, organization } = requireAbility(locals, 'report:read');
	return {
		user: { name: user.name, role: user.role },
		organization: { name: organization.name, demonstration: organization.demonstration }
	};
};
