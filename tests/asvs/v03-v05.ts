import { held, none, part, read, type Row } from './row.ts';

const FORBIDDEN = 'architecture/forbidden.test.ts#nowhere is $what';
const FENCE = 'e2e/regress/fence.test.ts';
const HEAD = `${FENCE}#HEAD: every answer carries the head lines`;
const CSRF = `${FENCE}#CSRF: nine content types`;
const HTTPS = 'e2e/sign-in.test.ts#over https the cookie is for this host alone';
const SIZES = 'src/lib/server/http/request-limits.test.ts#a form is small, a list and a photo may be larger';
const PORTRAIT = 'src/lib/server/place/officer/portrait.test.ts';

export const V03: readonly Row[] = [
	held('3.2.1', 1, 'A file or an answer of the API is no page when somebody opens it as one', [
		HEAD,
		'e2e/xss.test.ts#XSS-ALL: a questionnaire’s file is a download'
	]),
	held('3.2.2', 1, 'Text is put into pages as text', [
		`${FORBIDDEN}|HTML written by a script`,
		'e2e/xss.test.ts#XSS-ALL: what is stored is shown'
	]),
	part('3.3.1', 1, 'Cookies are Secure and named __Host- or __Secure-', [HTTPS]),
	held('3.3.2', 2, 'Each cookie says for which requests it is', [
		HTTPS,
		'architecture/surface.test.ts#every cookie is for this site, and for no script'
	]),
	part('3.3.3', 2, 'Cookies are named __Host-', [HTTPS]),
	held('3.3.4', 2, 'No script reads a session’s cookie, and its value is nowhere else', [
		HTTPS,
		'architecture/surface.test.ts#every cookie is for this site, and for no script'
	]),
	held('3.4.1', 1, 'Every answer tells browsers to stay with https for a year', [HEAD]),
	held('3.4.2', 1, 'Other sites may not read answers', [
		`${FORBIDDEN}|an answer that other sites may read`,
		`${FENCE}#HOST: what a request claims`
	]),
	held('3.4.3', 2, 'A content policy lets in only what is ours', [`${FENCE}#CSP: a page names a nonce`]),
	held('3.4.4', 2, 'Browsers do not guess types', [HEAD]),
	held('3.4.5', 2, 'Addresses are not told to other sites', [HEAD]),
	held('3.4.6', 2, 'No other site shows our pages in a frame', [HEAD]),
	held('3.5.1', 1, 'What changes something comes from a page of ours', [
		CSRF,
		'src/lib/server/http/origin-guard.test.ts#a form of another page is not, however it is dressed'
	]),
	held('3.5.2', 1, 'No request without a preflight gets around that', [CSRF]),
	held('3.5.3', 1, 'Looking changes nothing', [CSRF, 'e2e/survey.test.ts#a look writes nothing, whoever looks']),
	read(
		'3.5.4',
		2,
		'Different applications have different host names',
		'one application, alone on its host: docs/security.md asks for that'
	),
	held('3.5.5', 2, 'Messages of other windows are not heard', [`${FORBIDDEN}|an ear for other windows`]),
	held('3.7.1', 2, 'Only techniques that browsers still support', [
		`${FORBIDDEN}|a plugin or a frame`,
		`${FENCE}#CSP: a page names a nonce`
	]),
	held('3.7.2', 2, 'Nobody is led to another site', [
		`${FENCE}#redirects lead to paths of this site`,
		'src/lib/server/http/origin-guard.test.ts#after signing in one comes back to a path of this site'
	])
];

export const V04: readonly Row[] = [
	held('4.1.1', 1, 'Every answer with a body says its type and its letters', [HEAD]),
	read('4.1.2', 2, 'Only pages lead from http to https', 'the proxy’s: docs/security.md says which paths'),
	held('4.1.3', 2, 'Head lines of a proxy cannot be set by a visitor', [
		`${FENCE}#HOST: what a request claims`,
		'e2e/regress/proxy.test.ts#PROXY: behind one',
		'e2e/regress/proxy.test.ts#PROXY: where none is promised'
	]),
	held('4.2.1', 2, 'Where a request ends is read in one way', [`${FENCE}#BODY: what is too large`]),
	none('4.3.1', 2, 'GraphQL queries have a cost limit', 'no GraphQL'),
	none('4.3.2', 2, 'GraphQL does not describe itself', 'no GraphQL'),
	none('4.4.1', 1, 'WebSockets use TLS', 'no WebSocket: what is live is a stream of events'),
	none('4.4.2', 2, 'WebSockets check the origin', 'no WebSocket'),
	none('4.4.3', 2, 'WebSockets have tokens of their own', 'no WebSocket'),
	none('4.4.4', 2, 'Such tokens come from the session', 'no WebSocket')
];

export const V05: readonly Row[] = [
	held('5.1.1', 2, 'The documentation says which files are taken, how large, and how they are made safe', [
		'architecture/security-page.test.ts#docs/security.md says which forms and sizes'
	]),
	held('5.2.1', 1, 'No file is larger than can be dealt with', [
		SIZES,
		`${PORTRAIT}#UPLOAD: more than 5 MB is refused unread`
	]),
	held('5.2.2', 1, 'A file is what its name says', [
		'src/lib/domain/place/photo.test.ts#a picture is told by its first bytes',
		'src/lib/domain/place/import/encoding.test.ts#what is no text says what it is instead',
		'integration/case-files.test.ts#of a picture nothing is kept but what it looks like'
	]),
	held('5.2.3', 2, 'What is packed is limited before it is unpacked', [
		`${PORTRAIT}#UPLOAD: a decompression bomb is refused`,
		'src/lib/server/casework/files/pdf.test.ts#UPLOAD: an object stream that unpacks'
	]),
	held(
		'5.3.1',
		1,
		'No file from outside is run',
		['e2e/case-desk.test.ts#a file is attached and taken away without a script, handed out to be kept'],
		'files lie in the database, never in a folder that is served'
	),
	held(
		'5.3.2',
		1,
		'No path is made of a name from outside',
		[`${PORTRAIT}#UPLOAD: no reader of SVG, GIF or TIFF can be started at all, and none of a path`],
		'files lie in the database under ids of ours'
	),
	held('5.4.1', 2, 'A download has a name that we give', [
		'e2e/case-desk.test.ts#a file is attached and taken away without a script, handed out to be kept'
	]),
	held('5.4.2', 2, 'The names of files cannot break a head line or a letter', [
		'src/lib/server/mail/writes.test.ts#a file that goes with a letter arrives whole under its name',
		'integration/case-files.test.ts#a file is sealed with its name, opens as what it was'
	]),
	part('5.4.3', 2, 'Files from outside are scanned for malware', [
		'integration/case-files.test.ts#of a picture nothing is kept but what it looks like',
		'src/lib/server/casework/files/pdf.test.ts#what a scanner or an office program writes is taken'
	])
];
