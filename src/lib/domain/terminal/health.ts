import { DAY_MS, MINUTE_MS } from '../shared/time.ts';
import type { LocalText } from '../survey/criterion.ts';
import type { Profile } from './profile.ts';
import type { Ranges } from './sequence.ts';

/** Silence in opening hours that calls for somebody to look at the tablet. */
export const SILENT_MS = 10 * MINUTE_MS;
const CLOCK_OFF_MS = 2 * MINUTE_MS;
const LOW_BATTERY = 0.2;
const FULL_STORAGE = 0.9;

/** From worst to mildest, alarms before notices; the first that holds names the state of the tablet. */
const SIGNS = [
	'forked',
	'missing',
	'silent',
	'storage-full',
	'revoked',
	'never-seen',
	'refused',
	'waiting-long',
	'clock-off',
	'battery-low',
	'storage-at-risk',
	'closed'
] as const;
export type HealthSign = (typeof SIGNS)[number];
export type HealthCode = HealthSign | 'well';
export type HealthLevel = 'well' | 'notice' | 'alarm';

export interface Health {
	level: HealthLevel;
	code: HealthCode;
	/** Everything that holds, worst first; empty when all is well. */
	signs: HealthSign[];
}

/** What is known of a tablet. Instants and durations in milliseconds; null and undefined are "not known". */
export interface TerminalState {
	lastSeenAt: number | null;
	now: number;
	/** Since when the counter is open without a break; null: it is closed now. */
	openSince: number | null;
	revoked: boolean;
	/** Two devices use one identity: the same running number came with two contents. */
	forked: boolean;
	/** Running numbers made, not waiting on the tablet, and never received. */
	missing: number;
	/** Sheets waiting on the tablet. */
	queued?: number;
	refused?: number;
	oldestQueuedAt?: number | null;
	clockOffset?: number | null;
	battery?: number | null;
	charging?: boolean | null;
	storagePersisted?: boolean;
	storageUsed?: number | null;
	storageQuota?: number | null;
}

const LEVELS: Record<HealthSign, HealthLevel> = {
	revoked: 'notice',
	forked: 'alarm',
	missing: 'alarm',
	'never-seen': 'notice',
	silent: 'alarm',
	'storage-full': 'alarm',
	refused: 'notice',
	'waiting-long': 'notice',
	'clock-off': 'notice',
	'battery-low': 'notice',
	'storage-at-risk': 'notice',
	closed: 'well'
};

/** One sentence for each code; the first words are the state, so that it also reads in a narrow column. */
export const HEALTH_SENTENCES: Record<HealthCode, LocalText> = {
	well: { vi: 'Hoạt động bình thường.', en: 'Working normally.' },
	closed: { vi: 'Ngoài giờ làm việc.', en: 'Outside opening hours.' },
	revoked: { vi: 'Đã thu hồi quyền gửi phiếu.', en: 'Withdrawn: may not send sheets.' },
	forked: {
		vi: 'Trùng số thứ tự: có hai máy dùng chung một danh tính. Cần ghép nối lại.',
		en: 'Doubled numbers: two devices share one identity. Pair again.'
	},
	missing: {
		vi: 'Thiếu phiếu: có phiếu đã ghi nhưng chưa về máy chủ.',
		en: 'Sheets are missing: made but never received.'
	},
	'never-seen': { vi: 'Chưa kết nối lần nào.', en: 'Has never connected.' },
	silent: { vi: 'Mất liên lạc quá 10 phút trong giờ làm việc.', en: 'Silent for over 10 minutes in opening hours.' },
	'storage-full': { vi: 'Bộ nhớ máy sắp đầy.', en: 'Storage is nearly full.' },
	refused: { vi: 'Có phiếu máy chủ chưa nhận được, cần kiểm tra.', en: 'The server refused some sheets; have a look.' },
	'waiting-long': { vi: 'Có phiếu chờ gửi quá một ngày.', en: 'Sheets have waited for over a day.' },
	'clock-off': { vi: 'Đồng hồ máy lệch quá 2 phút.', en: 'The clock is off by over 2 minutes.' },
	'battery-low': { vi: 'Pin yếu và không cắm sạc.', en: 'Battery low and not charging.' },
	'storage-at-risk': {
		vi: 'Trình duyệt chưa cam kết giữ dữ liệu trên máy.',
		en: 'The browser has not promised to keep the data.'
	}
};

/** How a tablet is doing. A revoked tablet, and one at a closed counter, does not alarm by being silent. */
export function healthOf(state: TerminalState): Health {
	const signs = SIGNS.filter((sign) => HOLDS[sign](state));
	const code = signs[0];
	if (code === undefined) return { level: 'well', code: 'well', signs };
	return { level: LEVELS[code], code, signs };
}

const HOLDS: Record<HealthSign, (state: TerminalState) => boolean> = {
	revoked: ({ revoked }) => revoked,
	forked: ({ forked }) => forked,
	missing: ({ missing }) => missing > 0,
	'never-seen': ({ lastSeenAt }) => lastSeenAt === null,
	silent: ({ revoked, ...state }) => !revoked && isSilent(state),
	'storage-full': ({ storageUsed, storageQuota }) =>
		!!storageQuota && (storageUsed ?? 0) >= FULL_STORAGE * storageQuota,
	refused: ({ refused }) => (refused ?? 0) > 0,
	'waiting-long': ({ oldestQueuedAt, now, queued }) =>
		queued !== 0 && oldestQueuedAt != null && now - oldestQueuedAt > DAY_MS,
	'clock-off': ({ clockOffset }) => clockOffset != null && Math.abs(clockOffset) > CLOCK_OFF_MS,
	'battery-low': ({ battery, charging }) => battery != null && battery < LOW_BATTERY && charging !== true,
	'storage-at-risk': ({ storagePersisted }) => storagePersisted === false,
	closed: ({ openSince }) => openSince === null
};

/**
 * Whether a tablet has been silent too long for an open counter. A tablet that sleeps at night has its ten minutes from the opening
 * on; one that never said anything has not fallen silent.
 */
export function isSilent({
	lastSeenAt,
	openSince,
	now
}: Pick<TerminalState, 'lastSeenAt' | 'openSince' | 'now'>): boolean {
	return lastSeenAt !== null && openSince !== null && now - Math.max(lastSeenAt, openSince) > SILENT_MS;
}

/** A tablet as leaders and administrators see it. Instants in milliseconds; null is "not known". */
export interface TerminalHealthRow {
	id: string;
	name: string;
	/** The counter as people call it: 'Quầy 5'. */
	counter: string;
	site: string;
	health: Health;
	/** Running numbers made, received, and made but neither received nor waiting on the tablet. */
	made: number | null;
	received: number;
	missing: number | null;
	queued: number | null;
	oldestQueuedAt: number | null;
	lastSeenAt: number | null;
	/** 0..1 */
	battery: number | null;
	charging: boolean | null;
	appVersion: string | null;
}

/** A tablet's health and what its own page says beside it. Instants in milliseconds. */
export interface TerminalDetail extends TerminalHealthRow {
	counterId: string;
	siteId: string;
	profile: Profile;
	pairedAt: number;
	revokedAt: number | null;
	forkedAt: number | null;
	predecessorId: string | null;
	/** While it lies ahead, the revoked tablet may hand its queue over. */
	rescueUntil: number | null;
	/** Running numbers up to `made` that have not come, waiting ones among them. */
	gaps: Ranges;
	/** Refused by the server and kept on the tablet, as the tablet says; kept word for word on the server. */
	refused: number | null;
	quarantined: number;
	/** Tablet minus server, milliseconds. */
	clockOffset: number | null;
	storage: { used: number | null; quota: number | null; persisted: boolean } | null;
}
