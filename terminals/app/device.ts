import type { Heartbeat } from '$lib/domain/terminal/configuration.ts';

interface Battery {
	level: number;
	charging: boolean;
}

type Condition = Pick<Heartbeat, 'battery' | 'charging' | 'storagePersisted' | 'storageUsed' | 'storageQuota'>;

/** Whether the browser has promised never to clear this tablet's storage by itself. Asks for it where it has not. */
export async function storageIsKept(): Promise<boolean> {
	return (await navigator.storage.persisted()) || (await navigator.storage.persist());
}

/** What the browser says of the device; null where it does not say. */
export async function condition(): Promise<Condition> {
	const { getBattery } = navigator as Navigator & { getBattery?: () => Promise<Battery> };
	const battery = await getBattery?.call(navigator).catch(() => null);
	const { usage, quota } = await navigator.storage.estimate();
	return {
		battery: battery?.level ?? null,
		charging: battery?.charging ?? null,
		storagePersisted: await navigator.storage.persisted(),
		storageUsed: usage ?? null,
		storageQuota: quota ?? null
	};
}

/** Keeps the screen on. The browser takes the lock away whenever the page is hidden, so it is asked again each time. */
export function stayAwake() {
	const ask = () => {
		if (document.visibilityState === 'visible') void navigator.wakeLock?.request('screen').catch(() => {});
	};
	document.addEventListener('visibilitychange', ask);
	ask();
}

/** Only inside a tap: browsers refuse it otherwise. */
export function fillScreen() {
	if (!document.fullscreenElement) void document.documentElement.requestFullscreen?.().catch(() => {});
}

export function leaveFullScreen() {
	if (document.fullscreenElement) void document.exitFullscreen();
}
