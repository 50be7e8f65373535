import { finalAt } from '../../domain/dialogue/round.ts';
import { finishDueRounds } from '../dialogue/desk/writes.ts';
import { readWithdrawn } from '../dialogue/displays/reads.ts';
import { readLiveState } from '../dialogue/reads.ts';
import type { Db } from '../db/db.ts';
import { onAnnouncement } from './announce.ts';
import { Hub } from './hub.ts';

/** Other nodes, and commands on this machine, may have written: this often we look at what is watched (reference/live.md 4, line 55). */
const OTHER_PROCESSES_MS = 1000;

/** The streams of this process, told of every change that is made in it. */
export function openLive(db: Db, report: (problem: unknown) => void): Hub {
	const hub = new Hub({
		report,
		async read(dialogueId, now) {
			await finishDueRounds(db, now);
			const state = await readLiveState(db, dialogueId);
			return state && { state, wakeAt: state.round && finalAt(state.round) };
		}
	});
	onAnnouncement((dialogueId) => hub.touch(dialogueId));
	setInterval(() => void lookElsewhere(db, hub).catch(report), OTHER_PROCESSES_MS).unref();
	return hub;
}

async function lookElsewhere(db: Db, hub: Hub) {
	hub.touchAll();
	for (const display of await readWithdrawn(db, hub.displays())) hub.revoke(display);
}
