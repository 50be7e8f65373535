import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Requests of citizens are cases: what led here leads on to their list. */
export const load: PageServerLoad = ({ params }) =>
	redirect(308, `/office/cases?list=all&source=request${params.org ? `&org=${params.org}` : ''}`);
