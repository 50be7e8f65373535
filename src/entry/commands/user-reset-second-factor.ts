import { normalizeLogin } from '../../lib/domain/account/login.ts';
import { readUserByLogin } from '../../lib/server/account/reads.ts';
import { removeSecondFactor } from '../../lib/server/account/people/writes.ts';
import { withDatabase } from './database.ts';
import { Refusal, UsageProblem } from './ending.ts';
import { readOptions } from './options.ts';

/** For an administrator without phone and paper, and without another administrator. */
export async function run(args: string[]) {
	const { login } = readOptions({ args, options: { login: { type: 'string' } } as const }).values;
	if (!login) throw new UsageProblem('Phải có --login.');
	await withDatabase(async (db) => {
		const user = await readUserByLogin(db, normalizeLogin(login));
		if (!user) throw new Refusal(`Không có người dùng "${login}".`);
		const { id: userId, organizationId } = user;
		await removeSecondFactor(db, { userId, organizationId, changedBy: 'system', now: Date.now() });
		console.log(`Đã gỡ xác thực hai lớp của ${user.login}. Mọi phiên của họ đã được đóng.`);
	});
}
