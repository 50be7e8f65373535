/**
 * What somebody has ticked or chosen while the scripts were still on their way: on a slow network the page can be used long before,
 * and taking it over sets lists, ticks and radios back to what the server sent (typed text is kept). Call it before the page is
 * taken over; what comes back puts the choices in again and tells whoever listens.
 */
export function rememberEarlyChoices(page: Document): () => void {
	const controls = [...page.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')];
	const ticked = controls
		.filter((control) => control.checked !== control.defaultChecked)
		.map((control) => ({ control, checked: control.checked }));
	const chosen = [...page.querySelectorAll('select')]
		.filter((list) => [...list.options].some((option) => option.selected && !option.defaultSelected))
		.map((list) => ({ list, value: list.value }));
	return () => {
		for (const { control, checked } of ticked) {
			control.checked = checked;
			tell(control);
		}
		for (const { list, value } of chosen) {
			list.value = value;
			tell(list);
		}
	};
}

function tell(control: HTMLElement) {
	control.dispatchEvent(new Event('input', { bubbles: true }));
	control.dispatchEvent(new Event('change', { bubbles: true }));
}
