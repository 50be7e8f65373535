import type { AimKind } from '$lib/domain/survey/collector.ts';
import { placeProblem } from '$lib/components/place/problems.ts';
import { m } from '$lib/paraglide/messages.js';

/** What a poster is about, in words. */
export function aimWords({ kind, name }: { kind: AimKind; name: string }): string {
	if (kind === 'organization') return m.print_aim_organization();
	if (kind === 'site') return m.print_aim_site({ name });
	if (kind === 'counter') return m.print_aim_counter({ name });
	return kind === 'field' ? m.print_aim_field({ name }) : m.print_aim_officer({ name });
}

const SENTENCES: Record<string, () => string> = {
	'aim-unknown': m.print_problem_aim,
	'version-unknown': m.print_problem_version,
	'collector-unknown': m.print_problem_poster
};

/** What is said about a refusal or about what was typed; undefined where there is nothing to say. */
export function posterProblem(code: string | undefined): string | undefined {
	return code === undefined ? undefined : (SENTENCES[code]?.() ?? placeProblem(code));
}
