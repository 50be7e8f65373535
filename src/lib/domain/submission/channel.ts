import type { LocalText } from '../survey/criterion.ts';

/** How an answer came; each is a population of its own and none is blindly added to another. */
export const CHANNELS = ['terminal', 'ticket', 'paper', 'poster', 'live-hall', 'live-stream', 'import'] as const;
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
	import: { vi: 'Nhập từ tệp', en: 'Imported file' }
};

export const isOfficial = (channel: string) => (OFFICIAL_CHANNELS as readonly string[]).includes(channel);
