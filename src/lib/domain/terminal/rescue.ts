import { DAY_MS } from '../shared/time.ts';

/** How long a revoked tablet may hand its queue over once an administrator has opened the way. */
export const RESCUE_MS = DAY_MS;

/** Under this code a rescued sheet waits in quarantine for people to decide about it. */
export const RESCUED = 'rescued';

/** `GET /api/v1/terminals/rescue`, asked by a revoked tablet while an administrator lets it. */
export interface RescueOpen {
	/** ISO instant. */
	until: string;
	serverTime: string;
}

/** What `POST /api/v1/terminals/rescue` says beside the sheets, so that a loss shows. */
export interface RescueStanding {
	/** The highest running number ever made on the tablet. */
	made: number;
	/** Sheets that waited on it before this batch left. */
	queued: number;
}
