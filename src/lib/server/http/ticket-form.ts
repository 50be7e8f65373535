import Papa from 'papaparse';
import * as v from 'valibot';
import { plainText } from '../../domain/account/audit.ts';
import { freshId, line } from '../../domain/place/entry.ts';
import { addDays, isLocalDay, localDay } from '../../domain/shared/time.ts';
import { showCode } from '../../domain/survey/code.ts';
import { LONGEST_TICKET_DAYS, MOST_TICKETS, ticketUrl } from '../../domain/survey/ticket.ts';
import type { Serving } from '../serving.ts';
import { versionToShow } from '../survey/reads.ts';
import { makeTickets } from '../survey/tickets/writes.ts';
import { parseForm } from './form.ts';
import type { Permitted } from './guard.ts';
import { mayAskFor } from './limits.ts';

const choice = v.optional(v.pipe(v.string(), v.maxLength(64, 'unknown')), '');
const ticketForm = v.object({
	id: freshId,
	name: v.optional(line(80), ''),
	count: v.pipe(
		v.string(),
		v.regex(/^\d{1,4}$/, 'count'),
		v.transform(Number),
		v.minValue(1, 'count'),
		v.maxValue(MOST_TICKETS, 'count')
	),
	counterId: v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(64, 'unknown')),
	fieldId: choice,
	officerId: choice,
	expiresOn: v.pipe(v.string(), v.check(isLocalDay, 'day')),
	paper: v.optional(v.picklist(['a4', 'a6'], 'unknown'), 'a4')
});

/** What is said beside a field, or of the form as a whole under `form`; with what was typed. */
export interface TicketFormRefusal {
	ok: false;
	status: 400 | 409 | 429;
	problems: Record<string, string>;
	values: Record<string, string>;
}

/** Makes the batch that a form asks for: for the page of sheets and for the file alike. Its codes are in what comes back and nowhere else. */
export async function makeFromForm(
	{ db, secret }: Pick<Serving, 'db' | 'secret'>,
	{ user, organization }: Permitted,
	data: FormData,
	now: number
): Promise<TicketFormRefusal | { ok: true; form: v.InferOutput<typeof ticketForm>; codes: string[] }> {
	const form = parseForm(ticketForm, data);
	if (!form.ok) return { ...form, status: 400 };
	const values = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
	const refuse = (status: 400 | 409 | 429, problems: Record<string, string>): TicketFormRefusal => ({
		...{ ok: false, status, problems, values }
	});
	const { paper: _, ...said } = form.value;
	const today = localDay(now);
	if (said.expiresOn < today || said.expiresOn > addDays(today, LONGEST_TICKET_DAYS))
		return refuse(400, { expiresOn: 'day' });
	if (!(await mayAskFor('tickets', user.id))) return refuse(429, { form: 'too-often' });
	const version = await versionToShow(db, organization.id, null);
	if (!version) return refuse(409, { form: 'survey-closed' });
	const change = { organizationId: organization.id, changedBy: user.id, now };
	const aim = { versionId: version.id, day: '', shift: '' } as const;
	const made = await makeTickets({ db, secret }, { ...change, ...said, ...aim, kind: 'sheet' });
	if (made.ok) return { ok: true, form: form.value, codes: made.value.codes };
	const beside = { 'counter-unknown': 'counterId', 'field-unknown': 'fieldId', 'officer-unknown': 'officerId' };
	return refuse(409, { [made.reason === 'form-stale' ? 'form' : beside[made.reason]]: made.reason });
}

/** Where a refused form is shown again. What was typed goes along in the address, which must not become too long. */
export function formAgain(base: string, { values, problems }: TicketFormRefusal): string {
	const [[field, problem]] = Object.entries(problems);
	const said = ['name', 'count', 'counterId', 'fieldId', 'officerId', 'expiresOn', 'paper'].map((name) => [
		name,
		(values[name] ?? '').slice(0, 100)
	]);
	return `${base}/tickets/new?${new URLSearchParams([...said, ['field', field], ['problem', problem]])}`;
}

/** The codes as a spreadsheet reads them: the mark in front makes it read UTF-8; cells it would run are defused. */
export function ticketFile(
	codes: readonly string[],
	origin: string,
	about: Record<'counter' | 'field' | 'officer' | 'expires', string>
): string {
	const same = Object.fromEntries(Object.entries(about).map(([name, text]) => [name, plainText(text)]));
	const rows = codes.map((code) => ({ code: showCode(code), url: ticketUrl(origin, code), ...same }));
	return `\uFEFF${Papa.unparse(rows, { escapeFormulae: true })}\r\n`;
}
