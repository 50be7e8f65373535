import { held, none, part, read, type Row } from './row.ts';

const ACCOUNT = 'src/lib/server/account';
const PAGE = 'architecture/security-page.test.ts';
const BRUTE = 'e2e/regress/fence.test.ts#BRUTE: guessing is slowed';
const FACTOR = `${ACCOUNT}/second-factor/writes.test.ts`;
const LINK = `${ACCOUNT}/link/writes.test.ts`;
const FIELDS = 'architecture/surface.test.ts#every field for a password hides it';
const NO_PROVIDER = 'nobody else signs people in: there is no identity provider';
const NO_CODE_SENT = 'no code is sent by telephone, mail or push; a letter only carries the link of a reset';

export const V06: readonly Row[] = [
	held('6.1.1', 1, 'The documentation says how guessing is slowed and nobody is locked out on purpose', [
		`${PAGE}#docs/security.md says every limit`
	]),
	held('6.1.2', 2, 'The words that no password may be made of are documented', [
		`${PAGE}#docs/security.md lists the words that no password is made of`
	]),
	held('6.1.3', 2, 'The documentation names every way in, and how strong each is', [
		`${PAGE}#docs/security.md names every way in`
	]),
	held('6.2.1', 1, 'A password has at least 8 characters', [
		`${ACCOUNT}/writes.test.ts#a login is given once, and a short password not at all`
	]),
	held('6.2.2', 1, 'People can change their password', [`${FACTOR}#changing the password asks for the old one`]),
	held('6.2.3', 1, 'Changing it asks for the old one', [`${FACTOR}#changing the password asks for the old one`]),
	held('6.2.4', 1, 'The 3 000 most common passwords are refused', [`${ACCOUNT}/guessable.test.ts#what is tried first`]),
	held('6.2.5', 1, 'Any characters make a password', [
		'src/lib/domain/account/login.test.ts#a password is long rather than odd'
	]),
	held('6.2.6', 1, 'A password is hidden while it is typed', [FIELDS]),
	held('6.2.7', 1, 'It may be pasted, and filled in by a manager', [FIELDS]),
	held(
		'6.2.8',
		1,
		'A password is compared as it was typed',
		[`${ACCOUNT}/writes.test.ts#a password is compared whole`],
		'but for the form of its accents: two keyboards send ế differently'
	),
	held('6.2.9', 2, 'A password may have 64 characters', [
		'src/lib/domain/account/login.test.ts#a password is long rather than odd'
	]),
	held('6.2.10', 2, 'A password does not grow old', [`${ACCOUNT}/writes.test.ts#a password does not grow old`]),
	held('6.2.11', 2, 'No password is made of the documented words', [
		`${ACCOUNT}/guessable.test.ts#what is tried first`
	]),
	part('6.2.12', 2, 'No password is taken that stands in a known leak', [
		`${ACCOUNT}/guessable.test.ts#what is tried first`
	]),
	held('6.3.1', 1, 'Guessing is slowed as documented', [
		BRUTE,
		'src/lib/server/http/limits.test.ts#the sixth try at an account from one neighbourhood waits',
		'src/lib/server/http/limits.test.ts#thirty tries at an account from everywhere are enough'
	]),
	held(
		'6.3.2',
		1,
		'No account comes with the program',
		[
			'integration/demo.test.ts#a database with a real ward is left as it is',
			'e2e/set-up.test.ts#an empty installation leads to the set-up'
		],
		'the demonstration prints its own; DEMO=0 has none'
	),
	part('6.3.3', 2, 'Signing in takes two factors', [
		'e2e/account.test.ts#an administrator of a real ward reaches nothing before the second factor is on',
		'e2e/account.test.ts#after the password a code is asked for'
	]),
	held('6.3.4', 2, 'There is no way in that is not documented', [
		`${PAGE}#docs/security.md names every way in`,
		'architecture/guards.test.ts#every load, action and method under src/routes has a policy'
	]),
	held('6.4.1', 1, 'First secrets are random, end soon and become no password', [
		`${ACCOUNT}/people/writes.test.ts#an invitation makes one person, one letter and one link`,
		`${LINK}#a link is old after an hour`,
		'src/lib/server/place/setup/writes.test.ts#only the newest code opens the set-up'
	]),
	read(
		'6.4.2',
		1,
		'No hints and no secret questions',
		'no field of the account’s table could hold one (src/lib/server/db/schema/account.ts)'
	),
	held('6.4.3', 2, 'A reset does not go around the second factor', [
		`${LINK}#a reset leaves the second factor as it is`
	]),
	held(
		'6.4.4',
		2,
		'Who loses the second factor is looked at as closely as when it was set',
		['integration/cli.test.ts#whoever is locked out gets a password and loses the lost phone'],
		'by the people who could give them every role they hold (decision 17), with a line in the log'
	),
	held('6.5.1', 2, 'A code is good once', [
		`${FACTOR}#a code is good once, also for a hundred at once`,
		`${FACTOR}#a code on paper is good once`
	]),
	held(
		'6.5.2',
		2,
		'Codes on paper below 112 bits are stored by a slow hash',
		[
			`${FACTOR}#a code on paper is good once`,
			'src/lib/domain/account/sign-in.test.ts#a recovery code is found however it is typed'
		],
		'they have 120'
	),
	held('6.5.3', 2, 'Codes and seeds come from a source that nobody can guess', [
		'architecture/forbidden.test.ts#nowhere is $what|chance that can be guessed'
	]),
	held('6.5.4', 2, 'Codes on paper have at least 20 bits', [
		'src/lib/domain/account/sign-in.test.ts#a recovery code is found however it is typed'
	]),
	part('6.5.5', 2, 'A code of the phone is good for 30 seconds', [`${FACTOR}#the code of an app of RFC 6238`]),
	none('6.6.1', 2, 'Codes by telephone are a second choice', NO_CODE_SENT),
	none('6.6.2', 2, 'Codes that are sent belong to one sign-in', NO_CODE_SENT),
	none('6.6.3', 2, 'Guessing such codes is slowed', NO_CODE_SENT),
	none('6.8.1', 2, 'People of two providers are not mixed up', NO_PROVIDER),
	none('6.8.2', 2, 'What a provider signs is checked', NO_PROVIDER),
	none('6.8.3', 2, 'What a provider says is used once', NO_PROVIDER),
	none('6.8.4', 2, 'How strongly a provider signed in is looked at', NO_PROVIDER)
];
