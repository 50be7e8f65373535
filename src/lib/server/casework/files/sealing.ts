import type { Secret } from '../../secret/secret.ts';

/** Of which file the seal is: what was sealed for another is not read as this one's. */
interface Of {
	id: string;
	caseId: string;
}

/** Names and contents speak of citizens: whoever holds the database or its backup alone reads neither. */
export const sealFile = (secret: Secret, { id, caseId }: Of, { name, content }: { name: string; content: Buffer }) => ({
	name: secret.seal('case-file', JSON.stringify([id, caseId, 'name', name])),
	content: secret.seal('case-file', JSON.stringify([id, caseId, 'content', content.toString('base64')]))
});

/** Null where it was sealed under another secret, or is another file's. */
export const openFileName = (secret: Secret, of: Of & { name: string }) => opened(secret, of, 'name', of.name);

export function openFileContent(secret: Secret, of: Of & { content: string }): Uint8Array<ArrayBuffer> | null {
	const content = opened(secret, of, 'content', of.content);
	return content === null ? null : new Uint8Array(Buffer.from(content, 'base64'));
}

function opened(secret: Secret, { id, caseId }: Of, part: 'name' | 'content', sealed: string): string | null {
	const text = secret.unseal('case-file', sealed);
	if (text === null) return null;
	const [ofId, ofCase, ofPart, value] = JSON.parse(text) as string[];
	return ofId === id && ofCase === caseId && ofPart === part ? value! : null;
}
