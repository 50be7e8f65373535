import { showSerial } from '$lib/domain/survey/serial.ts';
import { readRuns } from '$lib/server/dialogue/slips/reads.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { batchOf } from '$lib/server/http/paper-batch.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load', event.params.batch);
	const { db, batch, dialogue } = await batchOf(event);
	const here = `${base}/dialogues/${dialogue.room}/paper/${batch.id}`;
	const printed = (await readRuns(db, dialogue.id)).filter(({ ballots, voidedAt }) => ballots && voidedAt === null);
	const address = `${event.locals.origin}${here}`;
	return {
		here,
		ward: organization.name,
		dialogue: { title: dialogue.title, day: dialogue.day, room: dialogue.room },
		batch: { number: batch.number, counted: batch.counted, countedBy: batch.countedBy },
		hall: dialogue.halls[batch.hall] ?? '',
		/** Serials that can lie in the pile. */
		serials: printed.map(({ first, count }) => `${showSerial(first)} – ${showSerial(first + count - 1)}`),
		address,
		drawing: drawQr(address)
	};
};
