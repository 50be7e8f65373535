/** An officer's name on its way from a chip or a cell of the week to another cell. */
export class TurnDrag {
	#text = $state('');
	#from = $state<string | null>(null);
	#over = $state<string | null>(null);
	#at = $state<{ x: number; y: number } | null>(null);
	readonly #drop: (text: string, over: string, from: string | null) => void;

	/** `drop` is told the name, the cell it fell on, and the cell that loses it; null: none does. */
	constructor(drop: (text: string, over: string, from: string | null) => void) {
		this.#drop = drop;
	}

	/** The name under the pointer; '' while nothing is dragged. */
	get text() {
		return this.#at ? this.#text : '';
	}
	/** The cell that it would fall on. */
	get over() {
		return this.#over;
	}

	lift(event: PointerEvent, text: string, from: string | null) {
		if (event.button !== 0 || text === '') return;
		event.preventDefault();
		(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
		this.#text = text;
		this.#from = from;
		this.#at = { x: event.clientX, y: event.clientY };
	}

	carry(event: PointerEvent) {
		if (!this.#at) return;
		const under = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-cell]');
		this.#over = under?.dataset.cell ?? null;
		this.#at = { x: event.clientX, y: event.clientY };
	}

	/** With Ctrl the name is copied. */
	letGo(event: PointerEvent) {
		const [over, from] = [this.#over, this.#from];
		if (this.#at && over && over !== from) this.#drop(this.#text, over, event.ctrlKey ? null : from);
		this.stop();
	}

	stop() {
		this.#at = null;
		this.#over = null;
	}

	/** What an element that can be lifted listens to. */
	handle(textOf: () => string, from: string | null) {
		return {
			onpointerdown: (event: PointerEvent) => this.lift(event, textOf(), from),
			onpointermove: (event: PointerEvent) => this.carry(event),
			onpointerup: (event: PointerEvent) => this.letGo(event),
			onpointercancel: () => this.stop()
		};
	}

	/** The name under the pointer. Placed by the program: the page's policy allows no style in its markup. */
	follow = (ghost: HTMLElement) => {
		$effect(() => {
			ghost.style.setProperty('left', `${this.#at?.x ?? 0}px`);
			ghost.style.setProperty('top', `${this.#at?.y ?? 0}px`);
		});
	};
}
