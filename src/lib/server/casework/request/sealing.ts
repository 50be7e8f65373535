import type { CitizenRequest } from '../../../domain/casework/request.ts';
import type { Secret } from '../../secret/secret.ts';

/** Of which row the seal is: what was sealed for another is not read as this one's. */
interface Row {
	id: string;
	organizationId: string;
}

/** Who sent it and what they wrote, so that whoever holds the database or its backup alone reads nothing. */
export function sealRequest(secret: Secret, { id, organizationId }: Row, request: CitizenRequest): string {
	const { name, address, phone, text } = request;
	return secret.seal('request', JSON.stringify([id, organizationId, name, address, phone, text]));
}

/** Null where it was sealed under another secret, or is another row's. */
export function openRequest(secret: Secret, row: Row & { sealed: string }): CitizenRequest | null {
	const opened = secret.unseal('request', row.sealed);
	if (opened === null) return null;
	const [id, organizationId, name, address, phone, text] = JSON.parse(opened) as string[];
	return id === row.id && organizationId === row.organizationId ? { name, address, phone, text } : null;
}
