import { requireRight } from '$lib/server/http/guard.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
	const { user, organization } = await requireRight(event, 'layout');
	return {
		user: { name: user.name, roles: user.roles },
		organization: { name: organization.name, demonstration: organization.demonstration }
	};
};
