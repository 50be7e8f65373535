import { forgetSecret } from '../../lib/server/secret/writes.ts';
import { withDatabase } from './database.ts';
import { expectNothing } from './options.ts';

/** For whoever has lost SECRET_KEY or the file: without this the program would refuse to start for ever. */
export async function run(args: string[]) {
	expectNothing(args);
	await withDatabase((db) => forgetSecret(db));
	console.log(
		'Lần khởi động tới sẽ ghi nhận khoá mới. Mã trên giấy hẹn đã in và yêu cầu đã lưu trước đây không dùng được nữa.'
	);
}
