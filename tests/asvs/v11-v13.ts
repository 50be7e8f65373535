import { held, none, part, read, type Row } from './row.ts';

const FORBIDDEN = 'architecture/forbidden.test.ts#nowhere is $what';
const INVENTORY = 'architecture/security-page.test.ts#each algorithm and each purpose of the secret stands';
const SECRET = 'src/lib/server/secret/secret.test.ts';
const SEAL = 'integration/backup-seal.test.ts';
const PROXY = 'the proxy’s, which holds the certificate: docs/security.md has the lines';

export const V11: readonly Row[] = [
	held('11.1.1', 2, 'Who has which key, and how it lives and ends, is documented', [INVENTORY]),
	held('11.1.2', 2, 'All keys, algorithms and uses are listed', [INVENTORY]),
	held(
		'11.2.1',
		2,
		'Cryptography comes from libraries that many look at',
		[INVENTORY],
		'node:crypto (OpenSSL), WebCrypto, argon2'
	),
	part('11.2.2', 2, 'Algorithms and keys can be exchanged', [
		'integration/migration.test.ts#an update keeps what people may do',
		`${SECRET}#a database knows its secret again`
	]),
	held('11.2.3', 2, 'Everything has at least 128 bits of strength', [INVENTORY]),
	held('11.3.1', 1, 'No weak modes and paddings', [INVENTORY]),
	held('11.3.2', 1, 'Approved ciphers only', [INVENTORY]),
	held('11.3.3', 2, 'What is sealed cannot be changed unseen', [
		`${SECRET}#what is sealed opens under the same secret and purpose only`,
		`${SEAL}#no changed bit, cut, exchanged, doubled or added block`
	]),
	held(
		'11.4.1',
		1,
		'Approved hashes only',
		[INVENTORY],
		'SHA-1 stands in codes of the phone alone, as HMAC, which every authenticator expects (RFC 6238)'
	),
	held('11.4.2', 2, 'Passwords are stored by a slow hash of today', [
		'src/lib/server/account/writes.test.ts#the right password opens a session, and the database knows neither',
		'src/lib/server/place/writes.test.ts#the PIN is kept as a slow hash'
	]),
	held('11.4.3', 2, 'Hashes that show a change have 256 bits', [
		INVENTORY,
		'src/lib/server/account/audit/verify/reads.test.ts#P24: each of'
	]),
	held('11.4.4', 2, 'A key made of words is made slowly', [
		`${SEAL}#what is sealed with words comes back with them`,
		INVENTORY
	]),
	part('11.5.1', 2, 'What nobody may guess is random and has 128 bits', [
		`${FORBIDDEN}|chance that can be guessed`,
		'integration/tickets-refused.test.ts#a hundred thousand guesses'
	]),
	held('11.6.1', 2, 'Keys and signatures are of approved kinds', [
		'integration/pairing.test.ts#of a key only the public half of P-256 is kept',
		INVENTORY
	])
];

export const V12: readonly Row[] = [
	read('12.1.1', 1, 'TLS 1.2 and 1.3 only', PROXY),
	read('12.1.2', 2, 'Recommended ciphers only', PROXY),
	none(
		'12.1.3',
		2,
		'Certificates of clients are checked',
		'no client has one: tablets sign each request with a key of their own'
	),
	held(
		'12.2.1',
		1,
		'Nothing goes out in the clear',
		[
			'e2e/regress/fence.test.ts#HEAD: every answer',
			'e2e/sign-in.test.ts#over https the cookie is for this host alone'
		],
		'plain http is for a demonstration on one machine, and for the way from the proxy'
	),
	read('12.2.2', 1, 'The certificate is trusted by everybody', PROXY),
	part('12.3.1', 2, 'Every connection is encrypted, also to the database and the mail server', []),
	held('12.3.2', 2, 'Certificates of servers are checked', [`${FORBIDDEN}|a check of certificates turned off`]),
	read(
		'12.3.3',
		2,
		'Services talk to each other encrypted',
		'from the proxy to the program on the same machine; docs/security.md says what to do where they are two'
	),
	read(
		'12.3.4',
		2,
		'Inner certificates are trusted one by one',
		'the operator’s, where the database stands elsewhere: sslrootcert in DATABASE_URL'
	)
];

export const V13: readonly Row[] = [
	held('13.1.1', 2, 'Everything the program talks to is documented', [
		'architecture/security-page.test.ts#docs/security.md names what the program connects to'
	]),
	read(
		'13.2.1',
		2,
		'Services show each other who they are, without lasting passwords',
		'the operator’s: DATABASE_URL takes a socket or a certificate, docs/security.md asks for it'
	),
	read('13.2.2', 2, 'With the least rights', 'the operator’s: docs/security.md says which user and which folder'),
	held(
		'13.2.3',
		2,
		'No standard passwords between services',
		['architecture/security-page.test.ts#docs/security.md names what the program connects to'],
		'no address of a database or mail server stands in the code'
	),
	held('13.2.4', 2, 'What the program may connect to is a list', [
		`${FORBIDDEN}|a call of the server to another machine`
	]),
	held('13.2.5', 2, 'What the server may load from is a list', [
		`${FORBIDDEN}|a call of the server to another machine`
	]),
	part('13.3.1', 2, 'Secrets are kept by a tool for secrets, and none is in the code', [
		`${SECRET}#the file is made once, for its owner alone`
	]),
	held('13.3.2', 2, 'Only who needs a secret has it', [
		`${SECRET}#the file is made once, for its owner alone`,
		'integration/backup-nightly.test.ts#a folder for backups needs a public key'
	]),
	held('13.4.1', 1, 'No history of the source is served', ['e2e/regress/leak.test.ts#LEAK: neither source, settings']),
	held('13.4.2', 2, 'Nothing for finding faults is left on', [
		'e2e/regress/leak.test.ts#LEAK: neither source, settings'
	]),
	held('13.4.3', 2, 'No lists of folders', ['e2e/regress/leak.test.ts#LEAK: neither source, settings']),
	held('13.4.4', 2, 'TRACE is not answered', ['e2e/regress/leak.test.ts#LEAK: neither source, settings']),
	held(
		'13.4.5',
		2,
		'What is for the operator is shown to nobody else',
		['e2e/regress/leak.test.ts#LEAK: neither source, settings'],
		'/metrics answers this machine alone; openapi.json is meant to be read'
	)
];
