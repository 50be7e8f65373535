import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Environment } from '../environment.ts';

/** A letter as the transport needs it. */
export interface Letter {
	id: string;
	recipient: string;
	subject: string;
	body: string;
	/** A file that goes with it, base64, '' for none, and what it is called. */
	attachment: string;
	attachmentName: string;
	/** Milliseconds. */
	createdAt: number;
}

/** Resolves when somebody else has taken the letter; throws when nobody has. */
export type Send = (letter: Letter) => Promise<void>;

const PATIENCE_MS = 15_000;
/** A letter is text of ours: nothing in it may make the mailer read a file or an address. */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true };

/** Letters go out by SMTP where MAIL_URL says how; else each becomes a file that any mail program opens. */
export function openTransport({ mailUrl, mailFrom, dataDir }: Environment): Send {
	return mailUrl ? bySmtp(new URL(mailUrl), mailFrom) : asFiles(join(dataDir, 'mail'), mailFrom);
}

function bySmtp(url: URL, from: string): Send {
	const secure = url.protocol === 'smtps:';
	const auth = url.username
		? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
		: undefined;
	const mailer = createTransport({
		host: url.hostname,
		port: Number(url.port) || (secure ? 465 : 587),
		secure,
		auth,
		// A password never goes over the line in the clear.
		requireTLS: auth !== undefined,
		connectionTimeout: PATIENCE_MS,
		greetingTimeout: PATIENCE_MS,
		socketTimeout: PATIENCE_MS,
		...CLOSED
	});
	return async (letter) => void (await mailer.sendMail(mailOf(letter, from)));
}

/** Written beside and renamed, so that a letter is there whole or not at all; readable by the server's own user only. */
function asFiles(folder: string, from: string): Send {
	const mailer = createTransport({ streamTransport: true, buffer: true, ...CLOSED });
	return async (letter) => {
		const { message } = await mailer.sendMail(mailOf(letter, from));
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const path = join(folder, `${new Date(letter.createdAt).toISOString().replaceAll(':', '')}-${letter.id}.eml`);
		// `buffer` makes it one.
		await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 });
		await rename(`${path}.part`, path);
	};
}

/** The recipient is one address and never parsed as a list; the id keeps a letter that is sent twice recognizable as one. */
function mailOf({ id, recipient, subject, body, createdAt, ...file }: Letter, from: string): SendMailOptions {
	const domain = /@([^\s<>@]+?)>?$/.exec(from)?.[1] ?? 'localhost';
	return {
		from,
		to: { name: '', address: recipient },
		subject,
		text: body,
		...(file.attachment && {
			attachments: [{ filename: file.attachmentName, content: file.attachment, encoding: 'base64' }]
		}),
		date: new Date(createdAt),
		messageId: `<${id}@${domain}>`,
		headers: { 'Auto-Submitted': 'auto-generated' }
	};
}
