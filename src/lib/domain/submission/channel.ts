import type { LocalText } from '../survey/criterion.ts';

/** How an answer came; each is a population of its own and none is blindly added to another. */
export const CHANNELS = [
	...(['terminal', 'ticket', 'paper'] as const),
	...(['poster', 'live-hall', 'live-stream', 'live-paper', 'import'] as const)
] as const;
export type Channel = (typeof CHANNELS)[number];

/** Only where each answer is one served person's: a tablet at the counter, a one-time ticket, a serial-numbered form. */
export const OFFICIAL_CHANNELS: readonly Channel[] = ['terminal', 'ticket', 'paper'];

export const CHANNEL_NAMES: Record<Channel, LocalText> = {
	terminal: { vi: 'Máy tính bảng tại quầy', en: 'Tablet at the counter' },
	ticket: { vi: 'Mã trên giấy hẹn', en: 'Code on the receipt' },
	paper: { vi: 'Phiếu giấy', en: 'Paper form' },
	poster: { vi: 'Mã QR dán công khai', en: 'Open QR poster' },
	'live-hall': { vi: 'Bình chọn tại hội trường', en: 'Poll in the hall' },
	'live-stream': { vi: 'Bình chọn qua trực tuyến', en: 'Poll on the livestream' },
	'live-paper': { vi: 'Phiếu giấy tại buổi đối thoại', en: 'Paper ballot at a dialogue' },
	import: { vi: 'Nhập từ tệp', en: 'Imported file' }
};

/** What stands beside every figure of another channel: anybody may have answered, any number of times. */
export const UNVERIFIED_WORDS: LocalText = { vi: 'chưa kiểm chứng', en: 'unverified' };

export const isChannel = (text: string): text is Channel => (CHANNELS as readonly string[]).includes(text);

/** Whose answers a table is asked for, by the word of the command line and the API: those that count, or one channel alone. */
export const CHANNEL_CHOICES = ['official', ...CHANNELS] as const;

/** The channels that this word means, or null where it means none. */
export function channelsNamed(word: string): readonly Channel[] | null {
	if (word === 'official') return OFFICIAL_CHANNELS;
	return isChannel(word) ? [word] : null;
}
export const isOfficial = (channel: string) => (OFFICIAL_CHANNELS as readonly string[]).includes(channel);
