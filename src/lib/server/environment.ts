/**
 * The one place that reads the environment. A bad value is one clear sentence and exit code 2 for every entry point;
 * here it is a `BadEnvironment` that the entry points turn into that.
 */
export class BadEnvironment extends Error {}

export interface Environment {
	/** `file:<path>` or `postgres://…`. */
	databaseUrl: string;
	dataDir: string;
	/** Where the heads of the audit log are noted, outside the database; best on another volume. */
	witnessFile: string;
	/** At least 32 characters that every node shares; null: the file's. */
	secretKey: string | null;
	/** Where the secret lies when no `SECRET_KEY` is set; the first start makes it. Never in the database, never in its backup. */
	secretFile: string;
	host: string;
	port: number;
	/** The public address, without a trailing slash; every absolute link and the origin check come from it. */
	origin: string;
	demo: boolean;
	/** How many proxies stand in front, each of which adds who called it to X-Forwarded-For; 0: nobody is believed. */
	proxies: number;
	/** One request of a tablet every so many milliseconds, on average; 0: as fast as it likes, for simulators. */
	terminalPaceMs: number;
	/** Where every night's backup goes and whose public keys it is sealed for; null: none is made. */
	backup: { folder: string; recipients: string[] } | null;
	/** `smtp(s)://…`; null: letters become files in `dataDir`/mail. */
	mailUrl: string | null;
	/** Who letters come from: an address, with or without a name. */
	mailFrom: string;
	/** From where on the running server says something; `silent`: never. */
	logLevel: LogLevel;
}

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
	const dataDir = env.DATA_DIR || 'data';
	const databaseUrl = env.DATABASE_URL || `file:${dataDir}/lang-nghe.db`;
	if (!/^(file:.+|postgres(ql)?:\/\/.+)$/.test(databaseUrl)) {
		throw new BadEnvironment(
			`DATABASE_URL must start with file: or postgres://, but is "${withoutPassword(databaseUrl)}".`
		);
	}
	const port = Number(env.PORT || '3000');
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		throw new BadEnvironment(`PORT must be a number from 0 to 65535, but is "${env.PORT}".`);
	}
	const host = env.HOST || '127.0.0.1';
	if (!/^[\w.:-]+$/.test(host)) throw new BadEnvironment(`HOST must be a host name or an address, but is "${host}".`);
	const demo = env.DEMO ?? '1';
	if (!['0', '1'].includes(demo)) throw new BadEnvironment(`DEMO must be 0 or 1, but is "${demo}".`);
	const proxies = Number(env.PROXIES || '0');
	if (!Number.isInteger(proxies) || proxies < 0 || proxies > 9) {
		throw new BadEnvironment(`PROXIES must be how many proxies stand in front, 0 to 9, but is "${env.PROXIES}".`);
	}
	const terminalPaceMs = Number(env.TERMINAL_PACE_MS || '5000');
	if (!Number.isInteger(terminalPaceMs) || terminalPaceMs < 0) {
		throw new BadEnvironment(`TERMINAL_PACE_MS must be a number of milliseconds, but is "${env.TERMINAL_PACE_MS}".`);
	}
	const origin = readOrigin(env.ORIGIN, host, port);
	const witnessFile = env.WITNESS_FILE || besideDatabase(env, dataDir, 'witness.jsonl');
	const secretFile = env.SECRET_FILE || besideDatabase(env, dataDir, 'secret.key');
	const secretKey = env.SECRET_KEY || null;
	if (secretKey && secretKey.length < 32) throw new BadEnvironment('SECRET_KEY must have at least 32 characters.');
	return {
		databaseUrl,
		dataDir,
		witnessFile,
		secretKey,
		secretFile,
		host,
		port,
		origin,
		demo: demo === '1',
		proxies,
		terminalPaceMs,
		backup: readBackup(env, databaseUrl),
		...readMail(env),
		logLevel: readLogLevel(env)
	};
}

/** In the folder of the data; beside a database that lies elsewhere, under its name, for one witness and one secret go with one database. */
function besideDatabase(env: NodeJS.ProcessEnv, dataDir: string, name: string): string {
	const elsewhere = /^file:(.+)$/.exec(env.DATABASE_URL ?? '')?.[1];
	return elsewhere ? `${elsewhere}.${name}` : `${dataDir}/${name}`;
}

/** Which of the two engines this process speaks; the tables are chosen by it once, at import. */
export function readEngine(env: NodeJS.ProcessEnv = process.env): 'sqlite' | 'postgres' {
	return /^postgres/.test(env.DATABASE_URL ?? '') ? 'postgres' : 'sqlite';
}

function readOrigin(value: string | undefined, host: string, port: number): string {
	if (!value) return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
	const url = URL.canParse(value) ? new URL(value) : null;
	if (!url || !/^https?:$/.test(url.protocol) || url.origin !== value.replace(/\/$/, '')) {
		throw new BadEnvironment(`ORIGIN must be like https://langnghe.example.vn, but is "${value}".`);
	}
	return url.origin;
}

/** A server that can open its own backups would give them away with itself, so only public keys stand here. */
function readBackup({ BACKUP_DIR, BACKUP_RECIPIENT }: NodeJS.ProcessEnv, databaseUrl: string): Environment['backup'] {
	const recipients = (BACKUP_RECIPIENT ?? '').split(/[\s,]+/).filter(Boolean);
	const bad = recipients.find((each) => !/^age1[0-9a-z]{20,}$/.test(each));
	if (bad)
		throw new BadEnvironment(`BACKUP_RECIPIENT must be public keys like age1…, but one is "${bad.slice(0, 80)}".`);
	if (!BACKUP_DIR) return null;
	if (!databaseUrl.startsWith('file:')) {
		throw new BadEnvironment('BACKUP_DIR is for SQLite; PostgreSQL is backed up with pg_dump or its own archive.');
	}
	if (recipients.length === 0) {
		throw new BadEnvironment('BACKUP_DIR needs BACKUP_RECIPIENT, the public key that "lang-nghe backup-key" prints.');
	}
	return { folder: BACKUP_DIR, recipients };
}

function readMail({ MAIL_URL, MAIL_FROM }: NodeJS.ProcessEnv): Pick<Environment, 'mailUrl' | 'mailFrom'> {
	if (MAIL_URL && !(URL.canParse(MAIL_URL) && /^smtps?:\/\/([^/]*@)?[\w.[\]:-]+\/?$/.test(MAIL_URL))) {
		throw new BadEnvironment(
			`MAIL_URL must be like smtps://user:password@mail.example.vn:465, but is "${withoutPassword(MAIL_URL)}".`
		);
	}
	if (MAIL_URL && !MAIL_FROM)
		throw new BadEnvironment('MAIL_FROM must say who letters come from when MAIL_URL is set.');
	const mailFrom = MAIL_FROM || 'Lắng nghe <lang-nghe@localhost>';
	if (!/^([^<>\r\n]*<)?[^\s<>@,;]+@[^\s<>@,;]+>?$/.test(mailFrom)) {
		throw new BadEnvironment(`MAIL_FROM must be like "Lắng nghe <lang-nghe@example.vn>", but is "${mailFrom}".`);
	}
	return { mailUrl: MAIL_URL || null, mailFrom };
}

function readLogLevel({ LOG_LEVEL }: NodeJS.ProcessEnv): LogLevel {
	const level = LOG_LEVELS.find((each) => each === (LOG_LEVEL || 'info'));
	if (!level) throw new BadEnvironment(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, but is "${LOG_LEVEL}".`);
	return level;
}

function withoutPassword(url: string): string {
	return url.replace(/:[^:@/]*@/, ':***@');
}
