import { clean } from '../shared/text.ts';
import { OPEN_CASES, type CaseState } from './case.ts';

/** What a file of a case is kept and handed out as. Pictures of every kind become a JPEG that we drew. */
export const ATTACHMENT_TYPES = ['application/pdf', 'image/jpeg'] as const;
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number];
export const ATTACHMENT_ENDINGS: Record<AttachmentType, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg' };

/** What a browser may offer to choose from; what a file is, its bytes say. */
export const ATTACHABLE = 'application/pdf,image/jpeg,image/png,image/webp';
export const LARGEST_ATTACHMENT = 5 * 1024 * 1024;
export const MOST_ATTACHMENTS = 5;

export type AttachmentProblem =
	| 'file-missing'
	| 'file-too-large'
	| 'file-kind'
	| 'file-broken'
	| 'file-too-many-pixels'
	/** A PDF that would run something, or carries another file. */
	| 'file-active'
	/** Of a PDF that asks for a password nobody can say what is in it. */
	| 'file-locked';

/** A file belongs to the work on an answer: what was answered with stays as it was. */
export const mayAttach = (state: CaseState): boolean => (OPEN_CASES as readonly CaseState[]).includes(state);

const LONGEST_NAME = 80;

/** What a file is called in the list: no folder before it, no mark that turns or hides what follows, and the ending of what it is. */
export function attachmentName(given: string, type: AttachmentType): string {
	const own = given.split(/[/\\]/).at(-1)!;
	const plain = clean(own.replace(/[\p{C}<>:"|?*]+/gu, ' ').replace(/\s+/g, ' '));
	const stem = [...plain.replace(/\.[\p{L}\p{N}]{1,5}$/u, '')]
		.slice(0, LONGEST_NAME)
		.join('')
		.replace(/^[.\s]+|[.\s]+$/g, '');
	return `${stem || 'Tệp'}.${ATTACHMENT_ENDINGS[type]}`;
}

/** '34 KB', '1,2 MB': how large a file is, for people. */
export function sayBytes(bytes: number): string {
	const kib = Math.max(1, Math.ceil(bytes / 1024));
	return kib < 1000 ? `${kib} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`;
}
