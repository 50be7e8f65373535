import { held, none, part, type Row } from './row.ts';

const ACCOUNT = 'src/lib/server/account';
const PAGE = 'architecture/security-page.test.ts';
const SESSIONS = `${PAGE}#docs/security.md says how long a session lasts`;
const RIGHTS = 'e2e/rights.test.ts#IDOR-ALL: everybody reaches what the table of rights gives them';
const RIGHTS_PAGE = 'architecture/rights-page.test.ts#docs/rights.md is what the tables say';
const PURPOSE = 'src/lib/server/secret/secret.test.ts#a purpose has a key of its own';
const SEALED = 'src/lib/server/secret/secret.test.ts#what is sealed opens under the same secret and purpose only';
const ALONE = 'no session is shared with another system';

export const V07: readonly Row[] = [
	held('7.1.1', 2, 'The documentation says how long a session lasts, idle and in all', [SESSIONS]),
	held('7.1.2', 2, 'It says how many sessions one person may have', [SESSIONS]),
	none('7.1.3', 2, 'It says how sessions of several systems fit together', ALONE),
	held('7.2.1', 1, 'The server looks at every session', [
		`${ACCOUNT}/writes.test.ts#signing out ends the session`,
		RIGHTS
	]),
	held('7.2.2', 1, 'A session has a token of its own', ['e2e/sign-in.test.ts#every sign-in is a new session']),
	held('7.2.3', 1, 'It is random, of at least 128 bits', [
		`${ACCOUNT}/writes.test.ts#the right password opens a session, and the database knows neither`,
		'architecture/forbidden.test.ts#nowhere is $what|chance that can be guessed'
	]),
	held('7.2.4', 1, 'Signing in makes a new one and ends the one before', [
		'e2e/sign-in.test.ts#every sign-in is a new session',
		'e2e/regress/fence.test.ts#FIX: a session that was planted',
		`${ACCOUNT}/second-factor/writes.test.ts#showing the second factor renews the token`
	]),
	held('7.3.1', 2, 'A session that rests ends', [`${ACCOUNT}/writes.test.ts#a session ends after 30 idle minutes`]),
	held('7.3.2', 2, 'Every session ends after a day’s work', [
		`${ACCOUNT}/writes.test.ts#a session ends after 30 idle minutes`
	]),
	held('7.4.1', 1, 'An ended session opens nothing', [
		`${ACCOUNT}/writes.test.ts#signing out ends the session`,
		`${ACCOUNT}/second-factor/writes.test.ts#an ended session is not brought back`
	]),
	held('7.4.2', 1, 'Disabling an account ends its sessions', [
		`${ACCOUNT}/people/writes.test.ts#a changed role, a withdrawn one and a disabled account end every session`
	]),
	held('7.4.3', 2, 'A new password or second factor ends the other sessions', [
		`${ACCOUNT}/second-factor/writes.test.ts#enrolling makes the session whole under a new token and ends the others`,
		`${ACCOUNT}/second-factor/writes.test.ts#changing the password asks for the old one`
	]),
	held('7.4.4', 2, 'Every page with a session has its way out in sight', [
		'architecture/surface.test.ts#every group of pages with a session offers to sign out'
	]),
	held('7.4.5', 2, 'Whoever manages people can end their sessions', [
		`${ACCOUNT}/people/writes.test.ts#one session of somebody can be ended`
	]),
	part('7.5.1', 2, 'Changing what one signs in with asks for everything again', [
		`${ACCOUNT}/second-factor/writes.test.ts#the address for a forgotten password is changed only by whoever knows the password`,
		`${ACCOUNT}/second-factor/writes.test.ts#changing the password asks for the old one`
	]),
	part('7.5.2', 2, 'People see their sessions and end them, after showing a factor again', [
		`${ACCOUNT}/people/writes.test.ts#one session of somebody can be ended`
	]),
	none('7.6.1', 2, 'Sessions with a provider end as documented', ALONE),
	none('7.6.2', 2, 'No session begins without its person', ALONE)
];

export const V08: readonly Row[] = [
	held('8.1.1', 1, 'The documentation says who may do what to what', [RIGHTS_PAGE]),
	held('8.1.2', 2, 'It says who may read and write which parts of it', [RIGHTS_PAGE]),
	held('8.2.1', 1, 'Only who may call a function can', [
		RIGHTS,
		'architecture/guards.test.ts#every load, action and method under src/routes has a policy'
	]),
	held('8.2.2', 1, 'Only who may touch a thing can', [
		RIGHTS,
		'src/lib/server/place/shelf/writes.test.ts#IDOR-ALL: an id of another organization is unknown'
	]),
	held('8.2.3', 2, 'Parts of a thing are for whom they are for', [
		'integration/api.test.ts#who may not see officers cannot narrow a table to one either',
		'integration/plan-cases.test.ts#beside a task stand the cases that its reader may see',
		'integration/secrecy.test.ts#who reads everything after every citizen'
	]),
	held('8.3.1', 1, 'The server decides, not the page', [
		RIGHTS,
		'e2e/account.test.ts#a leader manages the staff and nobody above, whatever the form says'
	]),
	held('8.4.1', 2, 'One ward does not reach another', [RIGHTS])
];

export const V09: readonly Row[] = [
	held(
		'9.1.1',
		1,
		'A token that speaks for itself is checked before it is believed',
		[SEALED, 'integration/survey-answers.test.ts#a form that nobody drew here, was changed'],
		'forms of surveys, passes to dialogues, pages of cases, the file of a hall’s machine'
	),
	held('9.1.2', 1, 'By an algorithm of ours, never one that the token names', [
		'architecture/security-page.test.ts#each algorithm and each purpose of the secret stands',
		'architecture/forbidden.test.ts#FLOOR: what has no safe version'
	]),
	held('9.1.3', 1, 'With a key of ours, never one that the token names', [SEALED]),
	held('9.2.1', 1, 'A token whose time is over is nothing', [
		'integration/case-following.test.ts#a code opens its case however it is typed; a page that was opened stays open',
		'integration/survey-answers.test.ts#what is not answered a day later is forgotten'
	]),
	held('9.2.2', 2, 'A token of one kind is none of another', [PURPOSE, SEALED]),
	held('9.2.3', 2, 'A token is good where it was meant for', [
		'integration/live-questions.test.ts#closed questions take neither a question nor a voice, and a pass of another room opens nothing'
	]),
	held('9.2.4', 2, 'One key does not serve two audiences', [PURPOSE])
];

const NO_OAUTH = 'no OAuth and no OpenID Connect: neither asked nor offered';

export const V10: readonly Row[] = [
	none('10.1.1', 2, 'Tokens go only to who needs them', NO_OAUTH),
	none('10.1.2', 2, 'Only answers to one’s own request are believed', NO_OAUTH),
	none('10.2.1', 2, 'The code flow is safe from forged requests', NO_OAUTH),
	none('10.2.2', 2, 'Two authorization servers are not mixed up', NO_OAUTH),
	none('10.3.1', 2, 'Access tokens are taken by whom they are for', NO_OAUTH),
	none('10.3.2', 2, 'What a token allows is what is allowed', NO_OAUTH),
	none('10.3.3', 2, 'People are known by claims that stay theirs', NO_OAUTH),
	none('10.3.4', 2, 'How strongly somebody signed in is looked at', NO_OAUTH),
	none('10.4.1', 1, 'Addresses to return to are compared exactly', NO_OAUTH),
	none('10.4.2', 1, 'A code of authorization is good once', NO_OAUTH),
	none('10.4.3', 1, 'It is good for minutes', NO_OAUTH),
	none('10.4.4', 1, 'Only the grants that are needed', NO_OAUTH),
	none('10.4.5', 1, 'Refresh tokens are not replayed', NO_OAUTH),
	none('10.4.6', 2, 'The code flow needs a proof of possession', NO_OAUTH),
	none('10.4.7', 2, 'Clients that register themselves are told apart', NO_OAUTH),
	none('10.4.8', 2, 'Refresh tokens end', NO_OAUTH),
	none('10.4.9', 2, 'People can revoke tokens', NO_OAUTH),
	none('10.4.10', 2, 'Confidential clients show who they are', NO_OAUTH),
	none('10.4.11', 2, 'Clients get the scopes they need', NO_OAUTH),
	none('10.5.1', 2, 'ID tokens are not replayed', NO_OAUTH),
	none('10.5.2', 2, 'People are known by their subject', NO_OAUTH),
	none('10.5.3', 2, 'No server passes for another', NO_OAUTH),
	none('10.5.4', 2, 'ID tokens are taken by whom they are for', NO_OAUTH),
	none('10.5.5', 2, 'Signing out from behind is not abused', NO_OAUTH),
	none('10.6.1', 2, 'A provider answers in safe ways only', NO_OAUTH),
	none('10.6.2', 2, 'Nobody is signed out by others', NO_OAUTH),
	none('10.7.1', 2, 'People agree to each authorization', NO_OAUTH),
	none('10.7.2', 2, 'They are told to what', NO_OAUTH),
	none('10.7.3', 2, 'They can take it back', NO_OAUTH)
];
