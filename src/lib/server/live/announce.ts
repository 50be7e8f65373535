type Hear = (dialogueId: string) => void;

const ears = new Set<Hear>();

/** Says after a commit that something live about a dialogue has changed; whoever shows it looks again. Never says what. */
export function announce(dialogueId: string) {
	for (const hear of ears) hear(dialogueId);
}

/** Returns how to stop listening. */
export function onAnnouncement(hear: Hear): () => void {
	ears.add(hear);
	return () => ears.delete(hear);
}
