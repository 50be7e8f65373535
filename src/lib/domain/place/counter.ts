import { searchKey } from '../shared/list.ts';

/** A counter as people call it: 'Quầy 5 · Đất đai', and only once 'Quầy 5' where that is its whole name. */
export function counterLabel({ number, name }: { number: string; name: string }): string {
	const called = `Quầy ${number}`;
	return name === '' || name.startsWith('Quầy') ? name || called : `${called} · ${name}`;
}

/** How people write a counter in a file, as search keys: '5', 'quay 5', 'quay so 5', its name, its label. */
export function counterNames(counter: { number: string; name: string }): string[] {
	const { number, name } = counter;
	return [...new Set([number, `Quầy ${number}`, `Quầy số ${number}`, name, counterLabel(counter)].map(searchKey))];
}
