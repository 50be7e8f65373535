import { held, none, type Row } from './row.ts';

const FORBIDDEN = 'architecture/forbidden.test.ts#nowhere is $what';
const STORED = 'e2e/xss.test.ts#XSS-ALL: what is stored is shown';
const ADDRESS = 'e2e/xss.test.ts#XSS-ALL: what stands in an address';
const TYPED = 'e2e/xss.test.ts#XSS-ALL: what is typed into a form';
const PAGE = 'architecture/security-page.test.ts';
const LIMITS = 'src/lib/server/http/limits.test.ts';

export const V01: readonly Row[] = [
	held('1.1.1', 2, 'What comes in is decoded once, where it comes in, and checked afterwards', [ADDRESS, TYPED]),
	held('1.1.2', 2, 'Text is escaped last, by what writes the output', [STORED, `${FORBIDDEN}|raw HTML`]),
	held('1.2.1', 1, 'Output is escaped for the place it stands in', [STORED, ADDRESS]),
	held('1.2.2', 1, 'Parts of addresses are encoded, and only safe schemes are let in', [
		'src/lib/domain/dialogue/entry.test.ts#a dialogue has a day that exists, at least one hall, and a stream that is https',
		ADDRESS
	]),
	held('1.2.3', 1, 'Text inside scripts and JSON cannot end them', [
		'src/lib/domain/survey/file.test.ts#no text can end a script or begin a tag',
		STORED
	]),
	held('1.2.4', 1, 'Queries take values as parameters', [`${FORBIDDEN}|SQL put together as text`]),
	held('1.2.5', 1, 'No command of the system is put together from text', [
		`${FORBIDDEN}|a shell, or a program that is called by one`
	]),
	none('1.2.6', 2, 'LDAP queries are safe', 'no directory is asked'),
	none('1.2.7', 2, 'XPath queries are safe', 'no XPath'),
	none('1.2.8', 2, 'LaTeX is run closed', 'no LaTeX'),
	held('1.2.9', 2, 'Text in a regular expression is escaped', [`${FORBIDDEN}|a pattern made of what somebody typed`]),
	held(
		'1.3.1',
		1,
		'HTML from people is cleaned by a known library',
		[STORED, 'architecture/forbidden.test.ts#FLOOR: what has no safe version'],
		'no HTML is taken from anybody; what looks like it stays text'
	),
	held('1.3.2', 1, 'No text is run as code', [`${FORBIDDEN}|code made of text`]),
	held('1.3.3', 2, 'Text for a dangerous place is reduced to what is safe there', [
		'src/lib/server/account/audit/witness/writes.test.ts#a name or reason cannot look like a line of its own',
		'src/lib/domain/report/file.test.ts#a name that a spreadsheet would run is defused',
		'src/lib/domain/place/import/cell.test.ts#CSVI: whatever a spreadsheet would calculate'
	]),
	held('1.3.4', 2, 'SVG from people holds no script', [
		'src/lib/server/place/officer/portrait.test.ts#UPLOAD: no reader of SVG, GIF or TIFF can be started at all'
	]),
	held(
		'1.3.5',
		2,
		'Markdown, style sheets and the like from people do nothing',
		[STORED],
		'none is understood: it stays text'
	),
	held(
		'1.3.6',
		2,
		'The server calls no address that somebody else chose',
		[`${FORBIDDEN}|a call of the server to another machine`],
		'it connects to the database and the mail server of its environment, and to nothing else'
	),
	held('1.3.7', 2, 'No template is made of text from outside', [
		`${FORBIDDEN}|raw HTML`,
		`${FORBIDDEN}|code made of text`
	]),
	none('1.3.8', 2, 'JNDI is configured safely', 'no Java'),
	none('1.3.9', 2, 'Text for memcache is cleaned', 'no memcache'),
	none('1.3.10', 2, 'Format strings are cleaned', 'no function takes text from outside as its format'),
	held('1.3.11', 2, 'Text for mail cannot become a header or a command', [
		'src/lib/domain/account/sign-in.test.ts#an address is one address',
		'src/lib/server/mail/writes.test.ts#a file that goes with a letter arrives whole under its name'
	]),
	none(
		'1.4.1',
		2,
		'Memory is written within its bounds',
		'JavaScript; native parts are held at safe versions (floors.json)'
	),
	held('1.4.2', 2, 'Numbers are checked for sign and range', [
		'integration/terminal-api.test.ts#a heartbeat that cannot be true is refused',
		'src/lib/domain/report/counts.test.ts#an answer outside one to five is refused',
		'integration/bad-input.test.ts#hundreds of mutated sheets never meet an unexpected error'
	]),
	none('1.4.3', 2, 'Freed memory is not used', 'JavaScript'),
	held(
		'1.5.1',
		1,
		'XML is read without outside entities',
		[
			'src/lib/server/survey/limesurvey/structure.test.ts#names no file of ours and grows no larger than it is',
			'src/lib/server/survey/limesurvey/structure.test.ts#is refused by its size, depth, rows, kind and form'
		],
		'the one XML that is read is a survey of LimeSurvey'
	),
	held('1.5.2', 2, 'What is unpacked becomes known forms only', [
		'integration/bad-input.test.ts#hundreds of mutated sheets never meet an unexpected error',
		'e2e/regress/fence.test.ts#PROTO: fields and parameters'
	])
];

export const V02: readonly Row[] = [
	held('2.1.1', 1, 'The documentation says how each kind of data is checked', [
		`${PAGE}#docs/security.md says which forms and sizes`,
		'integration/api.test.ts#the description names every route and no other'
	]),
	held('2.1.2', 2, 'The documentation says what must fit together', [
		`${PAGE}#docs/security.md says which forms and sizes`
	]),
	held('2.1.3', 2, 'The documentation says what anybody, and all together, may do how often', [
		`${PAGE}#docs/security.md says every limit`
	]),
	held('2.2.1', 1, 'What comes in is held against what is expected', [
		'integration/bad-input.test.ts#hundreds of mutated sheets never meet an unexpected error',
		'faults/bad-input.test.ts#thousands of mutated requests',
		'src/lib/domain/casework/request.test.ts#what the law asks for is asked for'
	]),
	held('2.2.2', 1, 'The server checks, whatever the screen has checked', [
		'e2e/account.test.ts#a leader manages the staff and nobody above, whatever the form says',
		'integration/survey-answers.test.ts#a form that nobody drew here, was changed'
	]),
	held('2.2.3', 2, 'What belongs together is checked together', [
		'src/lib/domain/survey/answering.test.ts#what nobody asked is not heard',
		'src/lib/domain/place/import/check.test.ts#does not put an officer at two counters'
	]),
	held('2.3.1', 1, 'Steps are taken in their order and none is skipped', [
		'integration/cases.test.ts#what a state does not allow changes nothing',
		'src/lib/domain/casework/move-right.test.ts#every state × role × deed',
		'e2e/account.test.ts#an administrator of a real ward reaches nothing before the second factor is on'
	]),
	held('2.3.2', 2, 'The documented limits hold', [
		'integration/visits.test.ts#an officer makes twenty a day',
		'integration/case-files.test.ts#five files and no more',
		'integration/tickets-api.test.ts#a key has a budget for the minute and one for the day'
	]),
	held('2.3.3', 2, 'A deed happens whole or not at all', [
		'src/lib/server/db/db.test.ts#a use-case that fails leaves nothing behind',
		'integration/live-closing.test.ts#a closing that breaks off leaves nothing behind',
		'faults/storage.test.ts#killed at each call by which the storage writes'
	]),
	held('2.3.4', 2, 'What there is once is given once, however many ask', [
		'integration/survey-answers.test.ts#a thousand who redeem one ticket at once make one sheet',
		'integration/direct.test.ts#of a thousand who redeem one ticket at once'
	]),
	held('2.4.1', 2, 'Programs that ask too much are slowed', [
		`${LIMITS}#costly work is counted by who asks for it`,
		'integration/survey-answers.test.ts#twenty thousand posts at a poster',
		'integration/tickets-refused.test.ts#a hundred thousand guesses'
	])
];
