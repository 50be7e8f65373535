const WORKER = '/terminal/service-worker.js';
const LOOK_AGAIN_MS = 60 * 60_000;

/**
 * Installs the worker and swaps to a new version only while nobody is in the middle of an answer. Until then, and whenever the new
 * one is incomplete, the last good version serves.
 */
export class Update {
	#registration: ServiceWorkerRegistration | null = null;

	async start() {
		if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
		const hadWorker = navigator.serviceWorker.controller !== null;
		navigator.serviceWorker.addEventListener('controllerchange', () => hadWorker && location.reload());
		this.#registration = await navigator.serviceWorker.register(trustedWorker(), { scope: '/terminal/' });
		setInterval(() => void this.#registration?.update().catch(() => {}), LOOK_AGAIN_MS);
	}

	/** Call while the tablet rests. */
	swap() {
		this.#registration?.waiting?.postMessage('swap');
	}
}

interface ScriptPolicies {
	createPolicy: (
		name: string,
		rules: { createScriptURL: () => string }
	) => { createScriptURL: (url: string) => string };
}

/** Under Trusted Types a program is started only from an address that a policy has made; this policy knows one address. */
function trustedWorker(): string {
	const { trustedTypes } = window as Window & { trustedTypes?: ScriptPolicies };
	return trustedTypes?.createPolicy('tablet-worker', { createScriptURL: () => WORKER }).createScriptURL('') ?? WORKER;
}
