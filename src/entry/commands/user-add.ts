import { SHORTEST_PASSWORD } from '../../lib/domain/account/login.ts';
import { fits } from '../../lib/domain/account/giving.ts';
import { isRole, ROLE_NAMES, ROLES } from '../../lib/domain/account/role.ts';
import { createUser } from '../../lib/server/account/writes.ts';
import type { Db } from '../../lib/server/db/db.ts';
import { chosenOrganization, withDatabase } from './database.ts';
import { readRolePlaces } from '../../lib/server/account/people/reads.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { readOptions } from './options.ts';
import { takePassword } from './password-input.ts';

const text = { type: 'string' } as const;
const options = {
	login: text,
	name: text,
	role: text,
	org: text,
	site: text,
	'password-stdin': { type: 'boolean' }
} as const;

const REFUSED = {
	'login-malformed': 'Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số và các dấu . _ @ + -',
	'login-taken': 'Tên đăng nhập này đã có người dùng.',
	'password-weak': `Mật khẩu cần ít nhất ${SHORTEST_PASSWORD} ký tự và không phải loại ai cũng thử trước.`,
	'role-unknown': 'Không có vai trò này.'
};

/** Adds somebody who may sign in at once, for the whole organization or, with --site, for one of its sites. */
export async function run(args: string[]) {
	const { values } = readOptions({ args, options });
	const { login, name, role, org, site } = values;
	if (!login || !name?.trim()) throw new UsageProblem('Phải có --login và --name.');
	if (!role || !isRole(role)) throw new UsageProblem(`--role phải là một trong: ${ROLES.join(', ')}.`);
	await withDatabase(async (db) => {
		const organization = await chosenOrganization(db, org);
		const siteId = site === undefined ? '' : await chosenSite(db, organization, site);
		if (!fits(role, { kind: organization.kind, siteId })) {
			throw new Refusal(`${ROLE_NAMES[role].vi} không giữ được ở ${site ?? organization.name}.`);
		}
		const password = await takePassword(values['password-stdin']);
		const person = { organizationId: organization.id, login, name, role, siteId, password, now: Date.now() };
		const added = await createUser(db, person);
		if (!added.ok) throw new Refusal(REFUSED[added.reason]);
		console.log(`Đã thêm ${added.value.login} (${ROLE_NAMES[role].vi}) vào ${organization.name}.`);
	});
}

async function chosenSite(db: Db, organization: { id: string; name: string }, named: string): Promise<string> {
	const { sites } = await readRolePlaces(db, organization.id);
	const site = sites.find(({ id, name }) => id === named || name === named.normalize('NFC'));
	const all = sites.map(({ id, name }) => `\n  ${id}  ${name}`).join('');
	if (!site) throw new Refusal(`${organization.name} không có địa điểm "${named}".${all}`);
	return site.id;
}
