const WORKER = '/live/overlay-worker.js';

interface ScriptPolicies {
	createPolicy: (
		name: string,
		rules: { createScriptURL: () => string }
	) => { createScriptURL: (url: string) => string };
}

/** Under Trusted Types a program is started only from an address that a policy has made; this policy knows one address. */
function trustedWorker(): string {
	const { trustedTypes } = window as Window & { trustedTypes?: ScriptPolicies };
	return trustedTypes?.createPolicy('overlay-worker', { createScriptURL: () => WORKER }).createScriptURL('') ?? WORKER;
}

/**
 * Lets the browser keep what this page consists of, without anything of the dialogue, so that a scene that is switched on while the
 * server is away begins with a transparent picture and not with an error page. Only for this room's overlay.
 */
export async function keepShell(room: string): Promise<void> {
	if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
	try {
		const scope = `/live/${room}/overlay`;
		await navigator.serviceWorker.register(trustedWorker(), { scope });
		const { active } = await navigator.serviceWorker.ready;
		const names = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
		const files = names.filter(({ origin, pathname }) => origin === location.origin && !pathname.startsWith('/api/'));
		active?.postMessage({ keep: `${scope}?shell`, files: [...new Set(files.map(({ pathname }) => pathname))] });
	} catch {
		// A browser that keeps nothing shows the overlay all the same.
	}
}
