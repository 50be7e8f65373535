// @ts-check
/* A ticket rides in the fragment of its address, which no server and no log sees; here it is put into the form, and sent once. */
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-ticket]'));
const code = decodeURIComponent(location.hash.slice(1)).slice(0, 40);
if (form && code) {
	const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('code'));
	const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
	if (!field.value) field.value = code;
	// Whoever comes back here wants to be here; and before the page is loaded, sending replaces it in the history.
	if (form.dataset.ticket === 'first' && navigation?.type !== 'back_forward') form.requestSubmit();
}

export {};
