/** Keys of the questions' desk: the arrows go from card to card, a letter presses the button of the card that has the focus. */
export function pressCard(event: KeyboardEvent) {
	const { key, target, ctrlKey, metaKey, altKey } = event;
	if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement)) return;
	if (/^(INPUT|TEXTAREA|SELECT|SUMMARY)$/.test(target.tagName)) return;
	const cards = [...document.querySelectorAll<HTMLElement>('[data-card]')];
	const own = target.closest<HTMLElement>('[data-card]') ?? null;
	if (key === 'ArrowDown' || key === 'ArrowUp') {
		const at = own ? cards.indexOf(own) + (key === 'ArrowDown' ? 1 : -1) : 0;
		const next = cards[at];
		if (!next) return;
		event.preventDefault();
		next.focus();
		return;
	}
	if (!/^[a-z]$/i.test(key)) return;
	// Whoever has just decided one goes on with the first that waits.
	(own ?? cards[0])?.querySelector<HTMLElement>(`[data-key="${key.toLowerCase()}"]`)?.click();
}
