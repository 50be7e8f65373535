import type { Running } from '$lib/server/running.ts';

declare global {
	namespace App {
		interface Locals {
			running: Running;
		}
		interface Error {
			message: string;
			code?: string;
		}
	}
}

export {};
