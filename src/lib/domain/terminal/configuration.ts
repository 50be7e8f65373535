import type { Begun } from './begun.ts';
import type { Session } from '../place/calendar/hours.ts';
import type { LocalText } from '../survey/criterion.ts';
import type { QuestionnaireVersion } from '../survey/questionnaire.ts';
import type { Profile } from './profile.ts';

/** An officer as the citizen sees them on the tablet. `photo` is a data: address (nothing to fetch offline), or null for initials. */
export interface OfficerCard {
	id: string;
	name: string;
	photo: string | null;
}

/** One officer at the tablet's counter for an interval (ISO instants); an open end is null. */
export interface DutyCard {
	id: string;
	/** null: nobody is on duty in it. */
	officerId: string | null;
	startsAt: string;
	endsAt: string | null;
}

/**
 * Everything a tablet needs to work for weeks without a network: `GET /api/v1/terminals/configuration` gives it, the tablet keeps
 * the last good one. `pin` is a PBKDF2-SHA-256 hash that the tablet checks offline.
 */
export interface TerminalConfiguration {
	revision: string;
	terminal: { id: string; name: string };
	organization: { id: string; name: string; demonstration: boolean };
	site: { id: string; name: string };
	counter: { id: string; number: string; name: string };
	/** The only field of this counter, where it has exactly one; otherwise null and the server leaves it unattributed. */
	fieldId: string | null;
	officers: OfficerCard[];
	duties: DutyCard[];
	questionnaire: QuestionnaireVersion;
	profile: Profile;
	/** When the counter is open, by local day, for as long as the roster is known. Missing where an older server gave the rest. */
	opening?: Record<string, readonly Session[]>;
	pin: { salt: string; iterations: number; hash: string };
	notServed: LocalText;
	serverTime: string;
}

/** `POST /api/v1/terminals/pairings`: the tablet's public key as a JWK; the answer is the code to show. */
export interface PairingRequested {
	code: string;
	/** Where an administrator approves it; the QR on the tablet. */
	approveUrl: string;
	expiresAt: string;
}

/** `GET /api/v1/terminals/pairings/CODE`, asked every few seconds. */
export type PairingState = { state: 'waiting' } | { state: 'approved'; terminalId: string } | { state: 'expired' };

/** `POST /api/v1/terminals/heartbeat`, once a minute, signed. */
export interface Heartbeat {
	appVersion: string;
	/** The highest running number ever made on this tablet: "made". */
	made: number;
	queued: number;
	/** ISO instant of the oldest sheet still on the tablet, or null. */
	oldestQueuedAt: string | null;
	refused: number;
	/** 0..1, or null where the browser does not say. */
	battery: number | null;
	charging: boolean | null;
	/** Tablet's clock minus the server's, milliseconds, as the tablet measured it. */
	clockOffset: number | null;
	storagePersisted: boolean;
	storageUsed: number | null;
	storageQuota: number | null;
	/** Totals that the server does not have yet; older programs do not count. */
	begun?: Begun[];
}

/** The answer to a heartbeat: whether there is a newer configuration. */
export interface HeartbeatAnswer {
	serverTime: string;
	revision: string;
}

/** `POST /api/v1/terminals/duties`: a change of the officer on duty made on the tablet, maybe offline; ids are made there. */
export interface DutyChange {
	id: string;
	/** null: nobody is on duty from now on. */
	officerId: string | null;
	startsAt: string;
}
