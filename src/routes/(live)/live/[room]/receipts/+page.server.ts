import { error } from '@sveltejs/kit';
import { readCode, showCode } from '$lib/domain/survey/code.ts';
import { readKnownOrganization } from '$lib/server/account/reads.ts';
import { readDialogueOfRoom, readRounds } from '$lib/server/dialogue/reads.ts';
import { readReceipts } from '$lib/server/dialogue/result/reads.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

/** Some four screens of a phone; whoever looks for their own types it. */
const RECEIPTS_A_PAGE = 200;
const LONGEST_CODE = 40;

/** The receipts of one round, a page of them; and of a typed one in which rounds it is. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const language = (locals.locale = languageAsked(url));
	const { db } = locals.running;
	const dialogue = await readDialogueOfRoom(db, params.room);
	if (!dialogue) error(404, { message: PROBLEMS['live-room-unknown'].message, code: 'live-room-unknown' });
	const organization = await readKnownOrganization(db, dialogue.organizationId);
	const lists = await readReceipts(db, dialogue);
	const agenda = await readRounds(db, dialogue.id);
	const rounds = agenda.flatMap(({ id, text }, i) => {
		const receipts = lists.get(id);
		return receipts ? [{ number: i + 1, text, receipts }] : [];
	});
	const shown = rounds.find(({ number }) => String(number) === url.searchParams.get('round')) ?? rounds[0];
	const pages = Math.max(1, Math.ceil((shown?.receipts.length ?? 0) / RECEIPTS_A_PAGE));
	const page = Math.min(pages, Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1));
	const code = readCode((url.searchParams.get('code') ?? '').slice(0, LONGEST_CODE));
	return {
		...{ room: dialogue.room, title: dialogue.title, language, closed: dialogue.state === 'closed' },
		organization: { name: organization?.name ?? '', demonstration: organization?.demonstration ?? false },
		rounds: rounds.map(({ number, text, receipts }) => ({ number, text, count: receipts.length })),
		...{ number: shown?.number ?? 0, page, pages },
		receipts: (shown?.receipts ?? []).slice((page - 1) * RECEIPTS_A_PAGE, page * RECEIPTS_A_PAGE).map(showCode),
		asked: code && {
			code: showCode(code),
			found: rounds.filter(({ receipts }) => receipts.includes(code)).map(({ number }) => number)
		}
	};
};
