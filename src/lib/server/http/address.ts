/** Who calls, as far as the entry knows; '' where a proxy was promised and did not say. Never a reason to refuse by itself. */
export function addressOf(event: { getClientAddress: () => string }): string {
	try {
		return event.getClientAddress();
	} catch {
		return '';
	}
}
