/**
 * How fingers are understood everywhere on the tablet. A button fires when the first finger is lifted on the button that it pressed,
 * however slowly and shakily: the browser's own click is lost after a long press or a few pixels, which is how older hands touch.
 * A second finger cancels. What could lead out of the page (context menu, dragging, zooming) does nothing.
 */
export function lockGestures() {
	let pressed: Element | null = null;
	let several = false;

	window.addEventListener(
		'pointerdown',
		({ isPrimary, target }) => {
			// A new first finger means that all earlier ones are gone, whatever the screen forgot to report.
			several = !isPrimary;
			pressed = isPrimary ? buttonAt(target) : null;
		},
		{ capture: true }
	);
	window.addEventListener('pointerup', ({ isPrimary, pointerType, clientX, clientY }) => {
		if (pointerType !== 'touch' || !isPrimary) return;
		const released = buttonAt(document.elementFromPoint(clientX, clientY));
		if (released && released === pressed) released.click();
		pressed = null;
	});
	window.addEventListener(
		'click',
		(event) => {
			const byBrowser = event.isTrusted && (event as PointerEvent).pointerType === 'touch';
			if (!buttonAt(event.target) || !(several || byBrowser)) return;
			event.preventDefault();
			event.stopImmediatePropagation();
		},
		{ capture: true }
	);
	window.addEventListener('contextmenu', (event) => event.preventDefault());
	window.addEventListener('dragstart', (event) => event.preventDefault());
	window.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false });
}

function buttonAt(target: EventTarget | null): HTMLElement | null {
	return target instanceof Element ? target.closest('button') : null;
}
