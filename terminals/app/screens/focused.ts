/** Moves the focus to the heading of a new step, so that a screen reader goes on there. */
export function focused(wanted: boolean) {
	return (heading: HTMLElement) => {
		if (wanted) heading.focus({ preventScroll: true });
	};
}
