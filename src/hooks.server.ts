import { dev } from '$app/environment';
import { paraglideMiddleware } from '$lib/paraglide/server.js';
import { m } from '$lib/paraglide/messages.js';
import { readSession, type SignedIn } from '$lib/server/account/reads.ts';
import { keepSession } from '$lib/server/account/writes.ts';
import { compressed } from '$lib/server/http/compressed.ts';
import { withReadableForm } from '$lib/server/http/form.ts';
import { judgeArrival } from '$lib/server/http/origin-guard.ts';
import { PROBLEMS, storageProblem, type ProblemCode } from '$lib/server/http/problem.ts';
import { requestIdOf } from '$lib/server/http/request-id.ts';
import { UNKNOWN } from '$lib/server/http/request-log.ts';
import { readSessionCookie } from '$lib/server/http/session-cookie.ts';
import { running, type Running } from '$lib/server/running.ts';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';

/** A session's last use is written at most this often. */
const USE_NOTED_MS = 60_000;

export const init: ServerInit = async () => {
	await running();
};

/** Attach, look where the request comes from, find out who sent it, choose the language; a route asks for the rights it needs. */
export const handle: Handle = async ({ event, resolve }) => {
	const { locals, url } = event;
	const requestId = requestIdOf(event.request.headers.get('x-request-id') ?? undefined);
	locals.running = runningFor(await running(), event, requestId);
	locals.requestId = requestId;
	locals.signedIn = null;
	// The API answers for itself and is not slowed by pages (decision 0004); it stands here in development only.
	if (url.pathname.startsWith('/api/')) return resolve(event);

	locals.origin = dev ? url.origin : locals.running.environment.origin;
	locals.here = `${url.pathname}${url.search}`;
	const refusal = refuse(event);
	if (refusal) return refusal;

	locals.signedIn = await identify(event, Date.now());
	const response = await paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = withReadableForm(request);
		return resolve(event, {
			transformPageChunk: ({ html }) => html.replace('lang="vi"', `lang="${locals.locale ?? locale}"`),
			// Announced in a header, the hundreds of small scripts of a page would fill the 16 KB that proxies and clients allow for all headers.
			preload: ({ type, path }) => type === 'css' || /\/(entry|nodes)\//.test(path)
		});
	});
	if (response.status === 405 && !response.headers.get('content-type')?.includes('html'))
		return refusalOf('method-not-allowed', response.headers.get('allow'));
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
	return /^\/\((survey|public)\)/.test(event.route.id ?? '')
		? compressed(response, event.request.headers.get('accept-encoding'))
		: response;
};

/** What fails while this page is made is reported with the request that it failed for. */
function runningFor(shared: Running, { platform, route }: RequestEvent, requestId: string): Running {
	if (platform) shared.routes.set(platform.req, route.id ?? UNKNOWN);
	const about = { requestId, route: route.id ?? UNKNOWN };
	return { ...shared, report: (problem, more) => shared.report(problem, { ...about, ...more }) };
}

function refuse({ request, locals, url }: RequestEvent): Response | null {
	const header = (name: string) => request.headers.get(name);
	const judged = judgeArrival({ method: request.method, header }, locals.origin);
	// Kit takes this name of an action for a fault of the program; it is one of whoever asks.
	if (judged.kind === 'welcome')
		return request.method === 'POST' && url.searchParams.has('/default') ? refusalOf('not-found') : null;
	if (judged.kind === 'elsewhere') {
		return new Response(null, { status: 307, headers: { location: `${locals.origin}${url.pathname}${url.search}` } });
	}
	return refusalOf(judged.code);
}

/** In one sentence of ours, where Kit would say one of its own in English. */
function refusalOf(code: ProblemCode, allow: string | null = null): Response {
	const { message, status } = PROBLEMS[code];
	const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...(allow && { allow }) };
	return new Response(`${message} (${code})\n`, { status, headers });
}

async function identify({ cookies, locals }: RequestEvent, now: number): Promise<SignedIn | null> {
	const { db, report } = locals.running;
	const token = readSessionCookie(cookies, locals.origin);
	const signedIn = token ? await readSession(db, token, now) : null;
	// Nobody waits for this, and a full disk keeps nobody from reading.
	if (token && signedIn && now - signedIn.usedAt > USE_NOTED_MS) keepSession(db, token, now).catch(report);
	return signedIn;
}

/** What nobody expected is reported with a code that the person on the phone can read out; the stack stays here. */
export const handleError: HandleServerError = async ({ error, status, event: { locals, request } }) => {
	const requestId = requestIdOf(request.headers.get('x-request-id') ?? undefined);
	if (status === 404) return { message: m.problem_page_unknown(), code: 'not-found', requestId };
	if (status < 500) return { message: m.problem_unknown(), code: `http-${status}`, requestId };
	// Kit may fail before anything is attached.
	const { report } = (locals as Partial<App.Locals>).running ?? (await running());
	report(error, { requestId });
	return { message: m.problem_unknown(), code: storageProblem(error) ?? 'unexpected', requestId };
};
