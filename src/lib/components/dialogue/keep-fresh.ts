/**
 * Has a page's data loaded until it is no longer old. What came while it was loading is not in it, and nothing else would say so:
 * it was old before and is old still. Returns how to stop.
 */
export function keepFresh(
	isOld: () => boolean,
	load: () => Promise<void>,
	{ firstMs, againMs }: { firstMs: number; againMs: number }
): () => void {
	let stopped = false;
	const look = async () => {
		await load().catch(() => {});
		if (!stopped && isOld()) timer = setTimeout(() => void look(), againMs);
	};
	let timer = setTimeout(() => void look(), firstMs);
	return () => {
		stopped = true;
		clearTimeout(timer);
	};
}
