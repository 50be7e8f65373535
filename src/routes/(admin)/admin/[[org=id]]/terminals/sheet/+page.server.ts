import { localDay } from '$lib/domain/shared/time.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readSetUp } from '$lib/server/place/setup/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base, sites: permitted } = await requireRight(event, 'load');
	const { locals } = event;
	const { db } = locals.running;
	const now = Date.now();
	const [{ sites, counters }, terminals] = await Promise.all([
		readSetUp(db, organization.id),
		readTerminalHealth(db, organization.id, now)
	]);
	const paired = terminals.filter(({ revokedAt }) => revokedAt === null);
	const address = `${locals.origin}/terminal/`;
	const { protocol, hostname } = new URL(address);
	return {
		base,
		organization: { name: organization.name },
		today: localDay(now),
		address,
		qr: drawQr(address),
		/** Without https a tablet keeps nothing while the network is away; this very machine is the exception. */
		unsafe: protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname),
		sites: sites
			.filter(({ id }) => permitted === null || permitted.includes(id))
			.map(({ id, name, address }) => ({
				id,
				name,
				address,
				counters: counters
					.filter(({ siteId }) => siteId === id)
					.map(({ id: counterId, number, name }) => ({
						id: counterId,
						number,
						name,
						terminals: paired.filter((terminal) => terminal.counterId === counterId).map((terminal) => terminal.name)
					}))
			}))
			.filter((site) => site.counters.length > 0)
	};
};
