import type { Right } from '../../domain/account/right.ts';
import type { ObjectKind } from '../account/extent/reads.ts';

/**
 * Who may reach each handler under src/routes: a right, and what kind of thing its scope comes from (`own`: the person who asks). The
 * guard reads this table by route and handler; a handler that is not here can not be guarded and fails `npm test`, and so does a line
 * without a handler. Text instead of a rule says why everybody may.
 */
export type Policy =
	| { right: Right; on: ObjectKind | 'own' }
	/** `halfway`: only for whoever has shown the password and not yet the second factor, or may change it. */
	| { public: string; halfway?: true };

const on = (right: Right, kind: ObjectKind | 'own' = 'organization'): Policy => ({ right, on: kind });
const everybody = (why: string): Policy => ({ public: why });
const halfway = (why: string): Policy => ({ public: why, halfway: true });

const ADMIN = '/(admin)/admin/[[org=id]]';

export const POLICIES: Readonly<Record<string, Readonly<Record<string, Policy>>>> = {
	'/': { GET: everybody('leads everybody to their own first page') },
	'/(auth)/sign-in': { load: everybody('the sign-in itself'), default: everybody('the sign-in itself') },
	'/(auth)/sign-out': {
		POST: everybody('ends the session of whoever asks'),
		GET: everybody('leads to the first page')
	},
	'/(auth)/sign-in/second-factor': {
		load: halfway('asks for the second factor'),
		default: halfway('asks for the second factor')
	},
	'/(auth)/account/second-factor': {
		load: halfway('sets the second factor that a role needs'),
		enrol: halfway('sets the second factor that a role needs'),
		codes: halfway('makes new recovery codes, with the password')
	},
	'/(auth)/sign-in/forgotten': {
		load: everybody('for whoever cannot sign in'),
		default: everybody('for whoever cannot sign in')
	},
	'/(auth)/sign-in/reset/[token]': {
		load: everybody('its link is the key'),
		default: everybody('its link is the key')
	},
	'/(auth)/invitation/[token]': { load: everybody('its link is the key'), default: everybody('its link is the key') },
	'/(auth)/language': { POST: everybody('keeps a language in a cookie') },
	'/api/v1/[...path]': { answer: everybody('the API guards each of its routes itself') },

	'/(setup)/setup': {
		load: everybody('only while there is no organization, with the code that the server printed'),
		default: everybody('only while there is no organization, with the code that the server printed')
	},
	'/(setup)/setup/administrator': {
		load: everybody('only while there is no organization, for whoever took the first step'),
		default: everybody('only while there is no organization, for whoever took the first step')
	},
	'/(setup)/setup/sites': { load: on('place:write'), default: on('place:write') },
	'/(setup)/setup/counters': { load: on('place:write'), default: on('place:write') },
	'/(setup)/setup/fields': { load: on('place:write'), default: on('place:write') },
	'/(setup)/setup/done': { load: on('place:write') },

	'/(survey)/s/[code]': { load: everybody('a poster is for whoever scans it') },
	'/(survey)/r': { load: everybody('a ticket is the key, and writes nothing before it is sent') },
	'/(survey)/thanks/[organization]': { load: everybody('says thank you and the name of an organization') },
	'/(survey)/request/[organization=id]': {
		load: everybody('for whoever wants to be answered; it asks for contact data and reads none'),
		default: everybody('for whoever wants to be answered; it asks for contact data and reads none')
	},
	'/(survey)/case': {
		load: everybody('asks for the code of a case'),
		open: everybody('the code is the key'),
		supplement: everybody('the code is the key'),
		rate: everybody('the code is the key')
	},

	'/(public)/results': { load: everybody('names who has published a result') },
	'/(public)/results/[organization=id]': { load: everybody('shows what was published, which names nobody') },
	'/(public)/results/[organization=id]/promises': { load: everybody('shows what leaders have promised aloud') },
	'/(public)/results/[organization=id]/answers': {
		load: everybody('shows what a person has looked through and let out')
	},
	'/(public)/results/[organization=id]/answers/[number=caseNumber]': {
		load: everybody('shows what a person has looked through and let out')
	},
	'/(public)/results/[organization=id]/answers/file': {
		GET: everybody('shows what a person has looked through and let out')
	},
	'/(public)/results/[organization=id]/lobby': { load: everybody('shows what was published, which names nobody') },
	'/(public)/results/[organization=id]/badge.svg': { GET: everybody('shows what was published, which names nobody') },

	'/(live)/live/[room]': {
		load: everybody('the room’s code is on the screen of the hall'),
		vote: everybody('a phone without scripts votes like any other')
	},
	'/(live)/live/[room]/questions': {
		load: everybody('shows what the desk has let through'),
		ask: everybody('a phone without scripts asks like any other'),
		support: everybody('a phone without scripts speaks for a question like any other'),
		follow: everybody('the code is the key')
	},
	'/(live)/live/[room]/questions-desk': {
		load: on('dialogue:run', 'room'),
		take: on('dialogue:run', 'room'),
		decide: on('dialogue:run', 'room'),
		answerLater: on('dialogue:run', 'room'),
		toCase: on('dialogue:run', 'room'),
		promise: on('dialogue:run', 'room')
	},
	'/(live)/live/[room]/present': {
		load: everybody('shows what every phone shows; the code of the hall only with a token')
	},
	'/(live)/live/[room]/overlay': { load: everybody('with a token what every phone shows; without one nothing') },
	'/(live)/live/[room]/result': { load: everybody('is published once the dialogue is closed') },
	'/(live)/live/[room]/receipts': { load: everybody('is published once the dialogue is closed, and says no choice') },
	'/(live)/live/[room]/desk': {
		load: on('dialogue:run', 'room'),
		command: on('dialogue:run', 'room'),
		correct: on('dialogue:run', 'room'),
		addDisplay: on('dialogue:run', 'room'),
		revokeDisplay: on('dialogue:run', 'room')
	},
	'/(live)/live/[room]/desk/close': {
		load: on('dialogue:run', 'room'),
		close: on('dialogue:run', 'room')
	},

	'/(leader)': { layout: on('own:manage', 'own') },
	'/(leader)/leader': { load: on('report:read') },
	'/(leader)/leader/detail': { load: on('report:read') },
	'/(leader)/leader/trend': { load: on('report:read') },
	'/(leader)/leader/hours': { load: on('report:read') },
	'/(leader)/leader/report': {
		load: on('report:read'),
		subscribe: on('report:read'),
		unsubscribe: on('report:read')
	},
	'/(leader)/leader/meeting': {
		load: on('report:read'),
		decide: on('meeting:write'),
		change: on('meeting:write')
	},
	'/(leader)/leader/participation': {
		load: on('report:read'),
		typed: on('served:write'),
		look: on('served:write'),
		apply: on('served:write')
	},
	'/(leader)/leader/participation/file': { GET: on('report:read') },
	'/(leader)/leader/alerts': {
		load: on('report:read'),
		seen: on('alert:handle'),
		quiet: on('alert:handle')
	},
	'/(leader)/leader/report/file': { GET: on('report:read') },
	'/(leader)/leader/file': { GET: on('report:read') },
	'/(leader)/leader/published': {
		load: on('report:read'),
		write: on('improvement:write'),
		withdraw: on('improvement:write')
	},
	'/(leader)/leader/peers': { load: on('report:read') },
	'/(leader)/leader/targets': { load: on('report:read'), set: on('target:write') },

	'/(leader)/leader/comments': {
		load: on('report:read'),
		takeDown: on('comment:take-down'),
		openCase: on('case:open')
	},
	'/(leader)/leader/comments/file': { GET: on('report:read') },
	'/(leader)/leader/objections': { load: on('report:officers'), answer: on('objection:answer') },

	'/(account)/account': {
		load: on('own:manage', 'own'),
		password: on('own:manage', 'own'),
		email: on('own:manage', 'own'),
		end: on('own:manage', 'own'),
		endOthers: on('own:manage', 'own')
	},

	'/(office)': { layout: on('own:manage', 'own') },
	'/(office)/office': {
		load: on('office:read'),
		handOver: on('office:hand-over', 'counter'),
		takeBack: on('office:hand-over', 'duty')
	},
	'/(office)/office/visits': {
		load: on('visit:make'),
		make: on('visit:make', 'duty'),
		void: on('visit:make', 'duty')
	},
	'/(office)/office/cases': { load: on('case:read', 'own') },
	'/(office)/office/cases/new': { load: on('case:open'), open: on('case:open'), receive: on('case:open') },
	'/(office)/office/cases/settings': {
		load: on('case:settings'),
		terms: on('case:settings'),
		addTemplate: on('case:settings'),
		archiveTemplate: on('case:settings')
	},
	'/(office)/office/cases/[case=id]': {
		load: on('case:read', 'case'),
		forward: on('case:open', 'case'),
		take: on('case:work', 'case'),
		ask: on('case:work', 'case'),
		supplement: on('case:work', 'case'),
		answer: on('case:work', 'case'),
		publish: on('case:publish', 'case'),
		keepPrivate: on('case:publish', 'case'),
		unpublish: on('case:publish', 'case'),
		refuse: on('case:open', 'case'),
		reopen: on('case:open', 'case'),
		note: on('case:work', 'case'),
		callBack: on('case:work', 'case'),
		classify: on('case:open', 'case'),
		attach: on('case:files', 'case'),
		detach: on('case:files', 'case'),
		link: on('case:open', 'case'),
		unlink: on('case:open', 'case')
	},
	'/(office)/office/case-files/[caseFile=id]': { GET: on('case:files', 'caseFile') },
	'/(office)/office/results': { load: on('report:own', 'own'), object: on('report:own', 'own') },

	'/(admin)': { layout: on('own:manage', 'own') },
	[ADMIN]: { load: on('place:read') },
	[`${ADMIN}/organizations`]: {
		load: on('organization:read'),
		add: on('organization:write'),
		change: on('organization:write'),
		archive: on('organization:write'),
		restore: on('organization:write')
	},
	[`${ADMIN}/places`]: {
		load: on('place:read'),
		addSite: on('place:write'),
		addCounter: on('place:write', 'site'),
		archiveSite: on('place:write', 'site'),
		restoreSite: on('place:write', 'site'),
		archiveCounter: on('place:write', 'counter'),
		restoreCounter: on('place:write', 'counter')
	},
	[`${ADMIN}/places/sites/[site=id]`]: {
		load: on('place:read', 'site'),
		change: on('place:write', 'site'),
		hours: on('calendar:write', 'site'),
		usualHours: on('calendar:write', 'site')
	},
	[`${ADMIN}/places/counters/[counter=id]`]: {
		load: on('place:read', 'counter'),
		change: on('place:write', 'counter')
	},
	[`${ADMIN}/places/fields`]: {
		load: on('place:read'),
		add: on('place:write'),
		addDefaults: on('place:write'),
		change: on('place:write', 'field'),
		archive: on('place:write', 'field'),
		restore: on('place:write', 'field'),
		serve: on('place:write')
	},
	[`${ADMIN}/officers`]: { load: on('place:read'), add: on('place:write'), restore: on('place:write', 'officer') },
	[`${ADMIN}/officers/[officer=id]`]: {
		load: on('place:read', 'officer'),
		change: on('place:write', 'officer'),
		photo: on('place:write', 'officer'),
		removePhoto: on('place:write', 'officer'),
		archive: on('place:write', 'officer')
	},
	'/photos/[photo=id]': { GET: on('photo:read', 'photo') },
	[`${ADMIN}/roster`]: {
		load: on('roster:read'),
		week: on('roster:write'),
		plan: on('roster:write', 'counter'),
		end: on('roster:write', 'duty')
	},
	[`${ADMIN}/people`]: { load: on('user:read'), invite: on('user:write') },
	[`${ADMIN}/people/[person=id]`]: {
		load: on('user:read', 'user'),
		change: on('user:write', 'user'),
		give: on('user:write', 'user'),
		withdraw: on('user:write', 'user'),
		disable: on('user:write', 'user'),
		enable: on('user:write', 'user'),
		link: on('user:write', 'user'),
		removeFactor: on('user:write', 'user'),
		end: on('user:write', 'user')
	},
	[`${ADMIN}/import`]: {
		load: on('roster:write'),
		officers: on('place:write'),
		counters: on('place:write'),
		roster: on('roster:write'),
		applyPlaces: on('place:write', 'import'),
		applyRoster: on('roster:write', 'import')
	},
	[`${ADMIN}/import/template.csv`]: { GET: on('roster:write') },
	[`${ADMIN}/answers`]: {
		load: on('answers:import'),
		look: on('answers:import'),
		reread: on('answers:import', 'answers'),
		map: on('answers:import', 'answers'),
		meanings: on('answers:import', 'answers'),
		apply: on('answers:import', 'answers')
	},
	[`${ADMIN}/answers/map.json`]: { GET: on('answers:import') },
	[`${ADMIN}/roster/corrections`]: {
		load: on('roster:correct'),
		default: on('roster:correct', 'counter')
	},
	[`${ADMIN}/calendar`]: {
		load: on('calendar:read'),
		day: on('calendar:write'),
		swap: on('calendar:write'),
		undo: on('calendar:write')
	},
	[`${ADMIN}/terminals/sheet`]: { load: on('terminal:read') },
	[`${ADMIN}/terminals`]: {
		load: on('terminal:read'),
		approve: on('terminal:write', 'counter'),
		pin: on('terminal:write')
	},
	[`${ADMIN}/terminals/[terminal=id]`]: {
		load: on('terminal:read', 'terminal'),
		change: on('terminal:write', 'terminal'),
		replace: on('terminal:write', 'terminal'),
		revoke: on('terminal:write', 'terminal'),
		rescue: on('terminal:write', 'terminal'),
		endRescue: on('terminal:write', 'terminal')
	},
	// What stands above, or is built in, may be read and copied too, so the right is about the organization that uses it.
	[`${ADMIN}/questionnaires`]: { load: on('survey:read'), copy: on('survey:write'), file: on('survey:write') },
	[`${ADMIN}/questionnaires/[version=version]`]: {
		load: on('survey:read'),
		use: on('survey:write'),
		next: on('survey:write', 'version'),
		retire: on('survey:write', 'version'),
		remove: on('survey:write', 'version')
	},
	[`${ADMIN}/questionnaires/[version=version]/file`]: { GET: on('survey:read') },
	[`${ADMIN}/questionnaires/[version=version]/edit`]: {
		load: on('survey:write', 'version'),
		default: on('survey:write', 'version')
	},
	[`${ADMIN}/questionnaires/[version=version]/publish`]: {
		load: on('survey:write', 'version'),
		default: on('survey:write', 'version')
	},
	[`${ADMIN}/posters`]: {
		load: on('collector:read'),
		add: on('collector:write'),
		rename: on('collector:write', 'collector'),
		close: on('collector:write', 'collector'),
		reopen: on('collector:write', 'collector')
	},
	'/(print)/admin/[[org=id]]/questionnaires/paper': { load: on('survey:read') },
	'/(print)/admin/[[org=id]]/posters/[collector=id]': { load: on('collector:read', 'collector') },
	[`${ADMIN}/tickets`]: { load: on('ticket:read'), annul: on('ticket:write', 'ticketBatch') },
	[`${ADMIN}/tickets/new`]: { load: on('ticket:write') },
	'/(print)/admin/[[org=id]]/tickets/new/sheets': { load: on('ticket:write'), default: on('ticket:write') },
	[`${ADMIN}/tickets/new/file`]: { POST: on('ticket:write') },
	[`${ADMIN}/tickets/keys`]: {
		load: on('api-key:read'),
		make: on('api-key:write'),
		revoke: on('api-key:write', 'apiKey')
	},
	[`${ADMIN}/dialogues`]: { load: on('dialogue:read'), add: on('dialogue:write') },
	[`${ADMIN}/dialogues/[room]/paper`]: {
		load: on('dialogue:read', 'room'),
		annul: on('dialogue:write', 'room'),
		addBatch: on('dialogue:run', 'room')
	},
	[`${ADMIN}/dialogues/[room]/paper/[batch=id]`]: {
		load: on('dialogue:read', 'paperBatch'),
		begin: on('dialogue:key', 'paperBatch'),
		settle: on('dialogue:key', 'paperBatch'),
		recount: on('dialogue:run', 'paperBatch'),
		drop: on('dialogue:run', 'paperBatch'),
		acknowledge: on('dialogue:run', 'paperBatch'),
		close: on('dialogue:run', 'paperBatch'),
		reopen: on('dialogue:run', 'paperBatch')
	},
	[`${ADMIN}/dialogues/[room]/paper/[batch=id]/keying`]: {
		load: on('dialogue:key', 'paperBatch'),
		save: on('dialogue:key', 'paperBatch'),
		takeBack: on('dialogue:key', 'paperBatch'),
		finish: on('dialogue:key', 'paperBatch')
	},
	[`${ADMIN}/dialogues/[room]/paper/[batch=id]/file`]: {
		load: on('dialogue:key', 'paperBatch'),
		look: on('dialogue:key', 'paperBatch'),
		apply: on('dialogue:key', 'paperBatch')
	},
	'/(print)/admin/[[org=id]]/dialogues/[room]/paper/[batch=id]/cover': { load: on('dialogue:read', 'paperBatch') },
	'/(print)/admin/[[org=id]]/dialogues/[room]/paper/sheets': {
		load: on('dialogue:write', 'room'),
		default: on('dialogue:write', 'room')
	},
	[`${ADMIN}/dialogues/[room]/rehearsal`]: {
		load: on('dialogue:read', 'room'),
		start: on('dialogue:run', 'room'),
		cancel: on('dialogue:run', 'room')
	},
	[`${ADMIN}/dialogues/promises`]: { load: on('dialogue:read'), change: on('dialogue:write') },
	[`${ADMIN}/dialogues/[room]`]: {
		load: on('dialogue:read', 'room'),
		add: on('dialogue:write', 'room'),
		remove: on('dialogue:write', 'room'),
		up: on('dialogue:write', 'room')
	},
	[`${ADMIN}/plan`]: { load: on('plan:read'), start: on('plan:write'), tick: on('plan:write', 'task') },
	[`${ADMIN}/plan/new`]: { load: on('plan:write'), default: on('plan:write') },
	[`${ADMIN}/plan/[task=id]`]: {
		load: on('plan:read', 'task'),
		change: on('plan:write', 'task'),
		note: on('plan:write', 'task'),
		withdrawNote: on('plan:write', 'task'),
		tick: on('plan:write', 'task'),
		untick: on('plan:write', 'task'),
		link: on('plan:write', 'task'),
		unlink: on('plan:write', 'task')
	},
	[`${ADMIN}/plan/[task=id]/edit`]: { load: on('plan:write', 'task'), default: on('plan:write', 'task') },
	'/(print)/admin/[[org=id]]/plan/print': { load: on('plan:read') },
	'/(print)/admin/[[org=id]]/plan/progress': { load: on('plan:read') },
	[`${ADMIN}/peers`]: {
		load: on('peers:read'),
		look: on('peers:write'),
		apply: on('peers:write'),
		remove: on('peers:write'),
		restore: on('peers:write'),
		merge: on('peers:write')
	},
	[`${ADMIN}/quarantine`]: {
		load: on('quarantine:read'),
		propose: on('quarantine:propose'),
		withdraw: on('quarantine:propose'),
		accept: on('quarantine:decide'),
		keepOut: on('quarantine:decide'),
		reopen: on('quarantine:decide')
	},
	[`${ADMIN}/quarantine/excluded`]: {
		load: on('exclusion:read'),
		propose: on('exclusion:propose', 'site'),
		withdraw: on('exclusion:propose'),
		accept: on('exclusion:decide'),
		decline: on('exclusion:decide'),
		lift: on('exclusion:decide')
	},
	[`${ADMIN}/requests`]: { load: everybody('leads on to the cases, which ask for a right') },
	[`${ADMIN}/comments`]: {
		load: on('comment:moderate'),
		decide: on('comment:moderate'),
		mask: on('comment:moderate'),
		undo: on('comment:moderate'),
		takeDown: on('comment:take-down')
	},
	[`${ADMIN}/audit`]: { load: on('audit:read') },
	[`${ADMIN}/status`]: { load: on('status:read') },
	[`${ADMIN}/audit/file`]: { GET: on('audit:read') }
};

/** A layout's load runs for every page below it, under that page's route: its policy is the nearest above. */
export function policyOf(route: string, handler: string): Policy | undefined {
	const own = POLICIES[route]?.[handler];
	if (own || handler !== 'layout' || route === '') return own;
	return policyOf(route.slice(0, route.lastIndexOf('/')), handler);
}
