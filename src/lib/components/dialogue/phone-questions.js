// @ts-check
/* Shows the way to the questions while they are taken; the stream that the page follows says so. */
addEventListener('room-frame', (event) => {
	const { open } = /** @type {CustomEvent} */ (event).detail.questions;
	for (const way of document.querySelectorAll('[data-questions]')) way.toggleAttribute('hidden', !open);
});

export {};
