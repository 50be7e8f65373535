import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import type { Refusal, SheetStore } from '../app/upload.ts';

/** A tablet's queue, in memory; remembers what the server has confirmed and refused. */
export class MemoryStore implements SheetStore {
	readonly confirmed: string[] = [];
	readonly refused: Refusal[] = [];
	protected readonly queue = new Map<string, Sheet>();

	add(sheet: Sheet) {
		this.queue.set(sheet.id, sheet);
	}

	get waiting(): number {
		return this.queue.size;
	}

	async sealed(): Promise<Sheet[]> {
		return [...this.queue.values()];
	}

	async settle(remove: readonly string[], refused: readonly Refusal[]): Promise<void> {
		for (const id of remove) this.queue.delete(id);
		for (const { id } of refused) this.queue.delete(id);
		this.confirmed.push(...remove);
		this.refused.push(...refused);
	}
}
