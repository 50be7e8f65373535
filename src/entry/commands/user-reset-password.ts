import { normalizeLogin, SHORTEST_PASSWORD } from '../../lib/domain/account/login.ts';
import { readUserByLogin } from '../../lib/server/account/reads.ts';
import { setPassword } from '../../lib/server/account/people/writes.ts';
import { withDatabase } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { readOptions } from './options.ts';
import { takePassword } from './password-input.ts';

const options = { login: { type: 'string' }, 'password-stdin': { type: 'boolean' } } as const;

/** For whoever is locked out and has nobody above to ask: whoever runs this owns the machine anyway. */
export async function run(args: string[]) {
	const { values } = readOptions({ args, options });
	const { login } = values;
	if (!login) throw new UsageProblem('Phải có --login.');
	await withDatabase(async (db) => {
		const user = await readUserByLogin(db, normalizeLogin(login));
		if (!user) throw new Refusal(`Không có người dùng "${login}".`);
		const password = await takePassword(values['password-stdin']);
		const { id: userId, organizationId } = user;
		const set = await setPassword(db, { userId, organizationId, changedBy: 'system', password, now: Date.now() });
		if (!set.ok)
			throw new Refusal(`Mật khẩu cần ít nhất ${SHORTEST_PASSWORD} ký tự và không phải loại ai cũng thử trước.`);
		const disabled = user.disabledAt === null ? '' : ' Tài khoản này đang bị khóa.';
		console.log(`Đã đặt mật khẩu mới cho ${user.login}. Mọi phiên của họ đã được đóng.${disabled}`);
	});
}
