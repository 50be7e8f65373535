/** Whose data it is: nobody's any more, a citizen's, of the staff, sums, or what the program itself needs. */
export type HoldingClass = 'anonymous' | 'citizen' | 'staff' | 'figures' | 'technical';

/** What becomes of it: a job of the night takes it, something people do takes it, or it stays and why. */
export type HoldingEnd = { job: string } | { deed: string } | { stays: string };

export interface Holding {
	data: string;
	class: HoldingClass;
	/** Tables of the database; none where it lies in files. */
	tables: readonly string[];
	form: string;
	kept: string;
	end: HoldingEnd;
	/** Which test shows it: its file, and how its sentence begins. */
	proof: readonly [file: string, title: string];
}

const words = (names: string) => names.split(' ');
const AUDIT = 'tests/integration/cli.test.ts';
const PLACE = 'src/lib/server/place';

/** Everything that is kept, each table once. docs/data-inventory.md is written from it; a test holds it against schema, jobs and tests. */
export const HOLDINGS: readonly Holding[] = [
	{
		data: 'Answers of a citizen',
		class: 'anonymous',
		tables: ['sheet', 'sheet_band'],
		form: 'random id, day and half-day, place, officer, answers; no device, no time, no number, no ticket',
		kept: 'as long as the ward measures',
		end: {
			stays:
				'`verify` recomputes every count from them, and corrections and exclusions move them; what would go after 24 months by the reference is held here for that (decision 62)'
		},
		proof: ['tests/integration/intake.test.ts', 'what stays of a sheet does not tell at which second']
	},
	{
		data: 'Which tablet sent which sheet when',
		class: 'anonymous',
		tables: ['intake_ledger'],
		form: 'tablet, running number, sheet, exact time',
		kept: '7 days',
		end: { job: 'forgetOldLines' },
		proof: ['tests/integration/retention.test.ts', 'which tablet sent a sheet when is known for seven days']
	},
	{
		data: 'Running numbers of a tablet',
		class: 'technical',
		tables: ['terminal_sequence'],
		form: 'ranges of numbers, without sheets',
		kept: 'as long as gaps matter',
		end: { stays: 'a missing number is the only sign of a lost sheet' },
		proof: ['tests/integration/running-numbers.test.ts', 'a resend after the ledger was emptied is still a duplicate']
	},
	{
		data: 'Sheets that could not be stored',
		class: 'citizen',
		tables: ['quarantine'],
		form: 'word for word, with a comment where there was one; seen by who decides on them',
		kept: 'until this is decided otherwise',
		end: { stays: 'no rating is deleted by anybody; a term for decided ones is not built yet' },
		proof: ['tests/integration/quarantine.test.ts', 'the desk tells the day of arrival and nothing finer']
	},
	{
		data: 'Comments',
		class: 'citizen',
		tables: words('sheet_comment comment comment_week comment_batch released_comment'),
		form: 'what was written, moderated; released by fives, by week',
		kept: '12 months after the day of the sheet, and after it came out',
		end: { job: 'forgetComments' },
		proof: ['tests/integration/comments.test.ts', 'after twelve months what was written is gone wherever it stood']
	},
	{
		data: 'Answers that were begun and not sent',
		class: 'citizen',
		tables: ['survey_draft'],
		form: 'under the SHA-256 of a random token',
		kept: '1 day',
		end: { job: 'forgetDrafts' },
		proof: ['tests/integration/survey-answers.test.ts', 'what is not answered a day later is forgotten']
	},
	{
		data: 'Files of answers from elsewhere',
		class: 'citizen',
		tables: ['answer_file'],
		form: 'the file as sent, until it is brought in; afterwards its column map only',
		kept: '1 day undecided',
		end: { job: 'forgetAnswerFiles' },
		proof: [
			'tests/integration/answers.test.ts',
			'belongs to who sent it; of each person the last is kept, and none longer'
		]
	},
	{
		data: 'Tickets on receipts',
		class: 'citizen',
		tables: ['ticket', 'ticket_batch'],
		form: 'HMAC of the code, place and last day; used ones forget place and day',
		kept: '60 days after the last day',
		end: { job: 'forgetTickets' },
		proof: ['src/lib/server/survey/tickets/writes.test.ts', 'a ticket is forgotten sixty days after its last day']
	},
	{
		data: 'Requests of citizens with name and phone',
		class: 'citizen',
		tables: ['citizen_request'],
		form: 'sealed (AES-256-GCM) under a secret outside the database; each opening leaves a line',
		kept: '180 days after it was dealt with',
		end: { job: 'forgetRequests' },
		proof: ['tests/integration/requests.test.ts', 'what was dealt with is forgotten after half a year']
	},
	{
		data: 'Cases: words, answers, files',
		class: 'citizen',
		tables: ['citizen_case', 'citizen_case_step', 'case_file'],
		form: 'words and files for who deals with it; number, states, times and rating as figures',
		kept: 'words and files 180 days after it is over; figures and what was published stay',
		end: { job: 'forgetCases' },
		proof: ['tests/integration/case-register.test.ts', 'what is over for 180 days is forgotten']
	},
	{
		data: 'Votes of a dialogue',
		class: 'anonymous',
		tables: words('dialogue_ballot dialogue_upvote dialogue_slip dialogue_slip_run dialogue_hall_pack'),
		form: 'keyed by a mark under a secret of the dialogue',
		kept: 'the tie to phones and slips until the dialogue is closed; the choices stay as its result',
		end: { deed: 'closing a dialogue destroys its secret' },
		proof: [
			'tests/integration/live-closing.test.ts',
			'after the closing nothing leads from a ballot to a slip or a phone'
		]
	},
	{
		data: 'Ballots keyed from paper',
		class: 'anonymous',
		tables: ['dialogue_batch', 'dialogue_keying', 'dialogue_keyed', 'dialogue_paper_decision'],
		form: 'serial and choices, by whom keyed',
		kept: 'serials until the dialogue is closed',
		end: { deed: 'closing a dialogue removes what was keyed' },
		proof: [
			'tests/integration/live-paper.test.ts',
			'a dialogue with an open batch is not closed; with its closing nobody'
		]
	},
	{
		data: 'Questions from the hall',
		class: 'citizen',
		tables: ['dialogue_question', 'dialogue_question_step'],
		form: 'masked before it is stored: no numbers of people; no name, no device',
		kept: 'with the record of the dialogue',
		end: { stays: 'a dialogue’s record is an official document' },
		proof: ['tests/integration/live-questions.test.ts', 'numbers of people are masked before anything is stored']
	},
	{
		data: 'Rehearsals',
		class: 'technical',
		tables: ['dialogue_rehearsal'],
		form: 'figures of the machine; made-up votes',
		kept: 'the votes until it ends',
		end: { deed: 'the end of a rehearsal removes its votes' },
		proof: ['tests/integration/rehearsal.test.ts', 'what a rehearsal did is gone when it ends and its result stays']
	},
	{
		data: 'Dialogues, rounds, promises',
		class: 'figures',
		tables: words('dialogue dialogue_round dialogue_display dialogue_promise meeting_decision'),
		form: 'what was asked, the result, what was promised and by whom',
		kept: 'stays',
		end: { stays: 'official record; it holds no citizen' },
		proof: ['tests/integration/promises.test.ts', 'a promise is changed by one person at a time']
	},
	{
		data: 'Counts that reports stand on',
		class: 'figures',
		tables: words('daily_count hour_count monthly_count margin_count settled_sheet served_count begun_count'),
		form: 'sums by day or month, place, officer and item',
		kept: 'stays',
		end: { stays: 'sums name no citizen; what is shown of them advances by k people at a time' },
		proof: [AUDIT, 'verify says that nothing differs']
	},
	{
		data: 'What was released and published',
		class: 'figures',
		tables: words('released_count publication improvement published_series published_figure criterion_target'),
		form: 'the tables as they were shown; figures of elsewhere with their source',
		kept: 'stays',
		end: { stays: 'what was published never changes' },
		proof: ['tests/integration/publication.test.ts', 'what was published stays byte for byte']
	},
	{
		data: 'Objections of officers, exclusions',
		class: 'staff',
		tables: ['objection', 'exclusion', 'duty_correction'],
		form: 'reason, who proposed and who decided',
		kept: 'stays with the figures it is about',
		end: { stays: 'why a figure is what it is' },
		proof: ['tests/integration/publication.test.ts', 'an officer objects once to a published week of their own']
	},
	{
		data: 'Officers, photos and duties',
		class: 'staff',
		tables: ['officer', 'photo', 'duty'],
		form: 'name, title, portrait drawn anew; who stood at which counter',
		kept: 'archived with leaving; a photo until the next one',
		end: { deed: 'a new photo takes the place of the old one; who leaves is archived and on no tablet' },
		proof: [`${PLACE}/officer/writes.test.ts`, 'a new photo has a new id, and the one it replaces is forgotten']
	},
	{
		data: 'Staff accounts',
		class: 'staff',
		tables: words('user_account role_grant recovery_code report_subscription report_mailing'),
		form: 'argon2id; the second factor’s secret; what each may do',
		kept: 'disabled, not deleted: the log names them',
		end: { stays: 'a disabled account signs in nowhere and keeps its name in the log' },
		proof: [
			'src/lib/server/account/people/writes.test.ts',
			'a changed role, a withdrawn one and a disabled account end'
		]
	},
	{
		data: 'Sessions, links, letters, lists under way, pairing codes',
		class: 'staff',
		tables: words('session password_link letter import_draft pairing'),
		form: 'SHA-256 of tokens; a letter loses its words when it goes and keeps its address',
		kept: 'sessions and links 30 days after their end, letters 90 days, drafts and codes 1 day',
		end: { job: 'forgetTraces' },
		proof: ['tests/integration/retention.test.ts', 'what people leave behind by using the program goes in its time']
	},
	{
		data: 'Audit log',
		class: 'staff',
		tables: ['audit_entry'],
		form: 'who did what to what, chained by hashes; names no citizen; heads outside the database',
		kept: 'stays',
		end: { stays: 'a line that goes breaks the chain' },
		proof: [AUDIT, 'reading by officer and exporting leave a line']
	},
	{
		data: 'Alarms of tablets and of falls',
		class: 'technical',
		tables: ['alarm'],
		form: 'tablet or place, when, what',
		kept: 'stays',
		end: { stays: 'when a counter could not be rated explains its figures' },
		proof: ['src/lib/server/terminal/alarm/writes.test.ts', 'eleven minutes of silence open one alarm']
	},
	{
		data: 'What was looked at for an alert',
		class: 'technical',
		tables: ['alert_look'],
		form: 'kind and quarter of an hour',
		kept: '60 days',
		end: { job: 'forgetLooks' },
		proof: ['tests/integration/retention.test.ts', 'that somebody was told of a quarter of an hour is remembered']
	},
	{
		data: 'How a ward is set up',
		class: 'technical',
		tables: words(
			'organization site counter counter_field field calendar_day questionnaire_version collector terminal api_key case_setting answer_template plan_task plan_note plan_check plan_case installation'
		),
		form: 'places, questionnaires, tablets’ public keys, SHA-256 of API keys, plan of the year',
		kept: 'archived, not deleted',
		end: { stays: 'figures of the past name them' },
		proof: [`${PLACE}/shelf/writes.test.ts`, 'who was archived is still named, and so is the field']
	},
	{
		data: 'Backups of the night',
		class: 'citizen',
		tables: [],
		form: 'files in `BACKUP_DIR`, sealed for a key that is not on the server',
		kept: '30 nights and 12 months; what was forgotten stays in them so long',
		end: { job: 'watchBackups' },
		proof: ['tests/integration/backup.test.ts', 'each of thirty nights comes back as it was']
	},
	{
		data: 'The copy from before an update',
		class: 'citizen',
		tables: [],
		form: 'a file beside the database, for its owner only',
		kept: '30 days, or until the next update',
		end: { job: 'forgetCopies' },
		proof: ['tests/integration/migration-killed.test.ts', 'before an update a copy is kept beside the database']
	},
	{
		data: 'What a restore put aside',
		class: 'citizen',
		tables: [],
		form: 'the files that stood there, beside the database',
		kept: 'until somebody deletes them',
		end: { stays: 'whoever restored by mistake needs them; the command names them' },
		proof: [AUDIT, 'a backup taken while the database is open is whole, is restored, and keeps what it replaced']
	}
];
