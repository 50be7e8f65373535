import type { BallotChannel } from '../../domain/dialogue/dialogue.ts';
import type { Choice } from '../../domain/dialogue/choice.ts';
import { seeded, type Random } from '../../domain/shared/random.ts';

/** What the made-up dialogue is: 1 855 ballots on the ward's whole questionnaire, and fewer on the two questions before it. */

const SEED = 1_855;

/** How many answered through each channel, question by question. */
export const BALLOTS = {
	first: { 'live-hall': 610, 'live-stream': 240, 'live-paper': 0 },
	replies: { 'live-hall': 655, 'live-stream': 262, 'live-paper': 0 },
	all: { 'live-hall': 1_104, 'live-stream': 431, 'live-paper': 320 }
} as const;

export const QUESTIONS = {
	first: {
		text: 'Phường nên làm việc nào trước?',
		options: ['Thêm chỗ ngồi chờ', 'Nhận hồ sơ sáng thứ Bảy', 'Hướng dẫn điền mẫu đơn', 'Trả kết quả tại nhà']
	},
	replies: { text: 'Ông/Bà hài lòng thế nào với cách phường trả lời phản ánh, kiến nghị?' },
	all: { text: 'Đánh giá chung theo năm tiêu chí' }
} as const;

/** Who comes is content, who watches less so; five weights from 1 to 5. */
const WEIGHTS: Record<BallotChannel, readonly number[]> = {
	'live-hall': [2, 4, 13, 42, 39],
	'live-stream': [6, 11, 22, 36, 25],
	'live-paper': [3, 6, 16, 44, 31]
};
const ITEMS = 5;

export interface MadeUpBallot {
	/** The voter's place among those of the channel. */
	voter: number;
	channel: BallotChannel;
	/** Came in a burst. */
	suspect: boolean;
	choice: Choice;
}

/** The same ballots every time. */
export function demonstrationBallots(): Record<keyof typeof BALLOTS, MadeUpBallot[]> {
	const random = seeded(SEED);
	const first = cast(BALLOTS.first, () => String(random.weighted([18, 37, 24, 21])));
	const replies = cast(BALLOTS.replies, (channel) => String(1 + random.weighted(WEIGHTS[channel])));
	return { first, replies, all: cast(BALLOTS.all, (channel, voter) => aForm(random, channel, voter)) };
}

function cast(
	counts: Record<BallotChannel, number>,
	choose: (channel: BallotChannel, voter: number) => Choice
): MadeUpBallot[] {
	return (Object.keys(counts) as BallotChannel[]).flatMap((channel) =>
		Array.from({ length: counts[channel] }, (_, voter) => ({
			...{ voter, channel, suspect: channel === 'live-stream' && voter >= counts[channel] - 14 },
			choice: choose(channel, voter)
		}))
	);
}

function aForm(random: Random, channel: BallotChannel, voter: number): Choice {
	if (channel === 'live-paper' && voter < 11) return voter < 6 ? '' : 'x';
	return Array.from({ length: ITEMS }, () =>
		random.chance(0.03) ? '0' : String(1 + random.weighted(WEIGHTS[channel]))
	).join('');
}
