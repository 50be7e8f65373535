import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { SHORTEST_PASSWORD } from '../../lib/domain/account/login.ts';
import { isRole, ROLE_NAMES, ROLES } from '../../lib/domain/account/role.ts';
import { createUser } from '../../lib/server/account/writes.ts';
import { chosenOrganization, withDatabase } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { readOptions } from './options.ts';

const text = { type: 'string' } as const;
const options = { login: text, name: text, role: text, org: text, 'password-stdin': { type: 'boolean' } } as const;

const REFUSED = {
	'login-malformed': 'Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số và các dấu . _ @ + -',
	'login-taken': 'Tên đăng nhập này đã có người dùng.',
	'password-weak': `Mật khẩu phải dài từ ${SHORTEST_PASSWORD} ký tự.`,
	'role-unknown': 'Không có vai trò này.'
};

/** A password never stands among the arguments, where everybody on the machine could read it. */
export async function run(args: string[]) {
	const { values } = readOptions({ args, options });
	const { login, name, role, org } = values;
	if (!login || !name?.trim()) throw new UsageProblem('Phải có --login và --name.');
	if (!role || !isRole(role)) throw new UsageProblem(`--role phải là một trong: ${ROLES.join(', ')}.`);
	await withDatabase(async (db) => {
		const organization = await chosenOrganization(db, org);
		const password = values['password-stdin'] ? await readPassword() : await askPassword();
		const person = { organizationId: organization.id, login, name, role, password, now: Date.now() };
		const added = await createUser(db, person);
		if (!added.ok) throw new Refusal(REFUSED[added.reason]);
		console.log(`Đã thêm ${added.value.login} (${ROLE_NAMES[role].vi}) vào ${organization.name}.`);
	});
}

/** The whole input but the line end that `echo` adds. */
async function readPassword(): Promise<string> {
	return (await textOf(process.stdin)).replace(/\r?\n$/, '');
}

async function askPassword(): Promise<string> {
	if (!process.stdin.isTTY) throw new UsageProblem('Không có màn hình để hỏi mật khẩu; hãy dùng --password-stdin.');
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
	const ask = async (question: string) => {
		process.stderr.write(question);
		const answer = await reader.question('');
		process.stderr.write('\n');
		return answer;
	};
	try {
		const password = await ask('Mật khẩu: ');
		if ((await ask('Gõ lại mật khẩu: ')) !== password) throw new Refusal('Hai lần gõ mật khẩu không giống nhau.');
		return password;
	} finally {
		reader.close();
	}
}
