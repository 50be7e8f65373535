import type { IncomingMessage } from 'node:http';
import type { SignedIn } from '$lib/server/account/reads.ts';
import type { Running } from '$lib/server/running.ts';

declare global {
	namespace App {
		interface Locals {
			running: Running;
			/** Who sent the request; null for a visitor. Ask `requireAbility` instead of looking here. */
			signedIn: SignedIn | null;
			/** Path and query of the page, for coming back after signing in. */
			here: string;
			/** The public address: ORIGIN, or Vite's own in development. */
			origin: string;
			/** What the log calls this request; shown where something failed. */
			requestId: string;
			/** Of a citizen's page: its address says it, for in-app browsers keep no cookies. */
			locale?: 'vi' | 'en';
		}
		interface Platform {
			/** Of adapter-node; none in development. */
			req: IncomingMessage;
		}
		interface Error {
			message: string;
			code?: string;
			requestId?: string;
		}
	}
}

export {};
