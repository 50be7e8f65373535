/** A counter as people call it: 'Quầy 5 · Đất đai', and only once 'Quầy 5' where that is its whole name. */
export function counterLabel({ number, name }: { number: string; name: string }): string {
	const called = `Quầy ${number}`;
	return name === '' || name.startsWith('Quầy') ? name || called : `${called} · ${name}`;
}
