import type { DialogueState, HallProof } from './dialogue.ts';
import type { RoundContent, RoundPhase } from './round.ts';

/** What everybody may read of a room: its frame, as text, and the one round that is shown. */
export interface RoomView {
	title: string;
	place: string;
	halls: readonly string[];
	hallProof: HallProof;
	rehearsal: boolean;
	state: DialogueState;
	hidden: boolean;
	/** Whether questions from the hall are taken. */
	questionsOpen: boolean;
	/** How many rounds the agenda has. */
	rounds: number;
	/** null: none is shown. A round nobody has shown yet is the desk's alone: its text would tell what comes. */
	round:
		| (RoundContent & {
				id: string;
				/** 1 for the first of the agenda. */
				number: number;
				phase: RoundPhase;
				changeable: boolean;
				/** Of a questionnaire: its items' texts. */
				asks: string[];
		  })
		| null;
}
