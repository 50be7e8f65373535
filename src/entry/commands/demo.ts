import { ROLE_NAMES } from '../../lib/domain/account/role.ts';
import { STAFF_PIN } from '../../lib/server/demo/ward.ts';
import { loadDemonstration } from '../../lib/server/demo/writes.ts';
import { withDatabase } from './database.ts';
import { Refusal } from './ending.ts';
import { expectNothing } from './options.ts';

export async function run(args: string[]) {
	expectNothing(args);
	const { loaded, signIns } = await withDatabase((db) => loadDemonstration(db, Date.now()));
	if (!loaded) throw new Refusal('Cơ sở dữ liệu đã có đơn vị; phường trình diễn chỉ nạp vào cơ sở dữ liệu trống.');
	console.log('Đã nạp phường trình diễn. Đăng nhập:');
	for (const { login, password, role } of signIns) console.log(`  ${ROLE_NAMES[role].vi}: ${login} / ${password}`);
	console.log(`  Mã PIN của nhân viên trên máy tính bảng: ${STAFF_PIN}`);
}
