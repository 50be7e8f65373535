import { RIGHTS, type Right } from '../../src/lib/domain/account/right.ts';
import {
	EXCLUSIVE_ROLES,
	MAY_GIVE,
	ROLE_NAMES,
	ROLES,
	SECOND_FACTOR_ROLES,
	type Role
} from '../../src/lib/domain/account/role.ts';
import { POLICIES, type Policy } from '../../src/lib/server/http/policies.ts';

/** docs/rights.md as the tables have it today; `npm run rights` writes it, a test compares. */
export function rightsPage(): string {
	return `# Who may do what

Written by \`npm run rights\` from \`src/lib/domain/account/right.ts\` and \`src/lib/server/http/policies.ts\`; change those, not this.
What is not named is not allowed. A role is held at an organization and everything below it, or at one of its sites; what a
request may touch follows from where the thing it names lies. \`tests/e2e/rights.test.ts\` asks every handler as everybody.

● at an organization · ○ also where the role is held at one site only, for that site · ● own: everybody, for what is their own

${table(['Right', 'Vietnamese', ...ROLES.map((role) => ROLE_NAMES[role].en)], (Object.keys(RIGHTS) as Right[]).map(rightRow))}

A second factor is required of: ${names(SECOND_FACTOR_ROLES)}. Never held by one person:
${EXCLUSIVE_ROLES.map(names).join('; ')}. Nobody gives a role to themselves; to others:

${table(
	['Who', 'Gives and takes'],
	ROLES.flatMap((role) => (MAY_GIVE[role] ? [[ROLE_NAMES[role].en, names(MAY_GIVE[role])]] : []))
)}

## Pages, actions and methods

${table(['Route', 'Handler', 'Right', 'Its scope comes from'], Object.entries(POLICIES).flatMap(routeRows))}
`;
}

function rightRow(right: Right): string[] {
	const rule: { says: { vi: string; en: string }; roles: readonly Role[]; bySite?: boolean; self?: boolean } =
		RIGHTS[right];
	const mark = (role: Role) => (rule.roles.includes(role) ? (rule.bySite ? '● ○' : '●') : rule.self ? '● own' : '');
	return [`**${right}** ${rule.says.en}`, rule.says.vi, ...ROLES.map(mark)];
}

function routeRows([route, handlers]: [string, Readonly<Record<string, Policy>>]): string[][] {
	const address = route.replace(/\/\([^)]+\)/g, '') || '/';
	return Object.entries(handlers).map(([handler, policy]) =>
		'public' in policy
			? [`\`${address}\``, handler, 'everybody', policy.public]
			: [`\`${address}\``, handler, policy.right, policy.on === 'own' ? 'the person who asks' : `the ${policy.on}`]
	);
}

const names = (roles: readonly Role[]) => roles.map((role) => ROLE_NAMES[role].en).join(', ');

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
