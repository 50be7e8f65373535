import { held, none, part, read, type Row } from './row.ts';

const FORBIDDEN = 'architecture/forbidden.test.ts#nowhere is $what';
const PAGE = 'architecture/security-page.test.ts';
const INVENTORY = 'architecture/inventory-page.test.ts#each table of the database stands in the inventory once';
const ENDS = 'architecture/inventory-page.test.ts#what a row says ends by a job';
const FENCE = 'e2e/regress/fence.test.ts';
const AUDIT = 'src/lib/server/account/audit';
const JSON_LINE = 'src/lib/server/log.test.ts#each line is one JSON object with its level and its time in UTC';

export const V14: readonly Row[] = [
	held('14.1.1', 2, 'All data about people is listed, by how much it needs', [INVENTORY]),
	held('14.1.2', 2, 'Each class says how it is kept, and until when', [INVENTORY, ENDS]),
	held(
		'14.2.1',
		1,
		'Nothing secret stands in an address',
		['e2e/case.test.ts#a code in the fragment opens its case by itself, and no address'],
		'but for the links of invitations and resets, which are good once and not for long'
	),
	held('14.2.2', 2, 'Nothing on the way keeps it', [`${FENCE}#HEAD: every answer`]),
	held('14.2.3', 2, 'Nobody else is told of visitors', [
		'e2e/survey.test.ts#the page asks nobody else for anything',
		`${FENCE}#CSP: a page names a nonce`
	]),
	held('14.2.4', 2, 'Data is kept as its class says', [
		ENDS,
		'integration/requests.test.ts#what is sealed is read by nobody without the secret',
		'integration/retention.test.ts#which tablet sent a sheet when'
	]),
	held(
		'14.3.1',
		1,
		'After signing out nothing stays in the browser',
		['e2e/sign-in.test.ts#a visitor is sent to sign in and comes back to the page; nothing of it stays in a cache'],
		'pages are never stored; Clear-Site-Data is left out on purpose (decision 24)'
	),
	held('14.3.2', 2, 'Browsers are told to store nothing', [`${FENCE}#HEAD: every answer`]),
	held(
		'14.3.3',
		2,
		'Nothing about people lies in the browser’s storage',
		[`${FORBIDDEN}|storage of the browser`, 'tablet/durability.test.ts#switched off and on without a network'],
		'a tablet keeps its unsent sheets, which name nobody; the desk of paper ballots its unsent keyings; a voter’s phone its pass, receipts and codes'
	)
];

export const V15: readonly Row[] = [
	held('15.1.1', 1, 'It is documented how soon faults of libraries are repaired', [
		`${PAGE}#docs/security.md says how soon`
	]),
	held('15.1.2', 2, 'All libraries are listed, from one trusted source', [
		'architecture/surface.test.ts#every package comes from the registry'
	]),
	held('15.1.3', 2, 'What costs much is documented, and how it is kept from stopping the rest', [
		`${PAGE}#docs/security.md says every limit`
	]),
	held('15.2.1', 1, 'No library is older than that', [
		'architecture/forbidden.test.ts#FLOOR: %s has none of the faults'
	]),
	held('15.2.2', 2, 'What costs much cannot stop the rest', [
		'src/lib/server/http/limits.test.ts#costly work is counted by who asks for it',
		'src/lib/server/account/writes.test.ts#the twenty-third sign-in at once is told to come back later',
		'integration/export.test.ts#an export asks for no more than a page'
	]),
	held('15.2.3', 2, 'Nothing for tests runs where people are served', [
		'e2e/regress/leak.test.ts#LEAK: neither source, settings'
	]),
	held('15.3.1', 1, 'Of a thing only what is needed is sent', [
		'integration/register-api.test.ts#everybody reads what was published, word for word and the newest first, and no other word',
		'src/lib/server/account/people/writes.test.ts#a name is kept as text, and a password is nowhere in what a list gives',
		'integration/live-votes.test.ts#a phone reads what is asked now and nothing of what comes'
	]),
	held(
		'15.3.2',
		2,
		'Calls to elsewhere follow no redirects',
		[`${FORBIDDEN}|a call of the server to another machine`],
		'there are none'
	),
	held('15.3.3', 2, 'Only the fields that are meant are taken', [
		`${FENCE}#PROTO: fields and parameters`,
		'e2e/account.test.ts#a leader manages the staff and nobody above, whatever the form says',
		'src/lib/server/place/shelf/writes.test.ts#a creation that bears an id of another organization'
	]),
	held('15.3.4', 2, 'A visitor’s address comes from a source that they cannot write', [
		'e2e/regress/proxy.test.ts#PROXY: behind one',
		'src/lib/server/http/origin-guard.test.ts#one connection is one neighbourhood'
	]),
	held('15.3.5', 2, 'Types are checked, and compared exactly', ['architecture/surface.test.ts#types are strict']),
	held('15.3.6', 2, 'No input changes what all objects have', [
		`${FENCE}#PROTO: fields and parameters`,
		'src/lib/server/http/form.test.ts#PROTO: a field named like what every object has'
	]),
	held('15.3.7', 2, 'A parameter sent twice confuses nothing', [
		'src/lib/server/http/form.test.ts#of a field sent twice the last counts'
	])
];

export const V16: readonly Row[] = [
	held('16.1.1', 2, 'What is logged, where, for whom and how long is documented', [
		`${PAGE}#docs/security.md names what is logged`
	]),
	held('16.2.1', 2, 'Each line says when, where, who and what', [
		'e2e/sign-in.test.ts#each try to sign in and each refused deed',
		`${AUDIT}/verify/reads.test.ts#an untouched log is whole`
	]),
	held('16.2.2', 2, 'Times are of one clock, in UTC', [
		JSON_LINE,
		`${AUDIT}/verify/reads.test.ts#an untouched log is whole`
	]),
	held('16.2.3', 2, 'Logs go only where documented', [
		`${AUDIT}/witness/writes.test.ts#each head is noted once`,
		`${PAGE}#docs/security.md names what is logged`
	]),
	held('16.2.4', 2, 'A program can read the logs', [JSON_LINE]),
	held('16.2.5', 2, 'Nothing secret is logged', [
		'e2e/log.test.ts#nothing that came with a request is in the log',
		'src/lib/server/survey/tickets/writes.test.ts#the codes are only in the answer: not in a table, not in the log',
		'integration/requests.test.ts#each opening of a request is in the log, without its sender',
		'integration/cli.test.ts#a user is added with a password from the input'
	]),
	held('16.3.1', 2, 'Every sign-in is logged, whether it succeeds or not', [
		'e2e/sign-in.test.ts#each try to sign in and each refused deed'
	]),
	held('16.3.2', 2, 'Refused deeds are logged', ['e2e/sign-in.test.ts#each try to sign in and each refused deed']),
	part('16.3.3', 2, 'The documented events are logged, and attempts to get around a defence', [
		'faults/bad-input.test.ts#a thousand replays',
		'integration/metrics.test.ts#whatever the rules, their tests and the dashboard ask for'
	]),
	held('16.3.4', 2, 'What nobody expected is logged', [
		'src/lib/server/account/audit/witness/writes.test.ts#a full or read-only disk keeps nobody from reading, any other fault is not hidden',
		'e2e/backup.test.ts#a backup that does not come about is said to the operator'
	]),
	held('16.4.1', 2, 'No text can pass for a line of a log', [
		`${AUDIT}/witness/writes.test.ts#a name or reason cannot look like a line of its own`
	]),
	held('16.4.2', 2, 'Nobody changes a log unseen', [
		`${AUDIT}/verify/reads.test.ts#P24: each of`,
		`${AUDIT}/verify/reads.test.ts#the database itself refuses to change or delete a line`
	]),
	read(
		'16.4.3',
		2,
		'Logs go to another system too',
		'the operator’s: heads of the audit log to WITNESS_FILE on another volume, the output to journald or a collector'
	),
	held('16.5.1', 2, 'An unexpected error tells nothing of the program', [
		'e2e/sign-in.test.ts#a page that is not there says so with a code',
		'faults/bad-input.test.ts#thousands of mutated requests'
	]),
	held('16.5.2', 2, 'Where something else fails, the rest goes on', [
		'src/lib/server/mail/writes.test.ts#what was not taken is tried again ever later',
		'faults/storage.test.ts#a disk that breaks is 503',
		'faults/disk-full.test.ts#a full disk is said with 507'
	]),
	held('16.5.3', 2, 'A failure leaves nothing open and nothing half done', [
		'src/lib/server/db/db.test.ts#a use-case that fails leaves nothing behind',
		'architecture/guards.test.ts#a handler without a guard'
	])
];

const NO_WEBRTC = 'no WebRTC';

export const V17: readonly Row[] = [
	none('17.1.1', 2, 'A relay reaches no inner addresses', NO_WEBRTC),
	none('17.2.1', 2, 'The key of media is kept', NO_WEBRTC),
	none('17.2.2', 2, 'Media use approved ciphers', NO_WEBRTC),
	none('17.2.3', 2, 'Media are authentic', NO_WEBRTC),
	none('17.2.4', 2, 'Malformed media stop nothing', NO_WEBRTC),
	none('17.3.1', 2, 'A flood of signals stops nothing', NO_WEBRTC),
	none('17.3.2', 2, 'Malformed signals stop nothing', NO_WEBRTC)
];
