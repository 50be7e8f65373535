import { withDatabase } from './database.ts';
import { expectNothing } from './options.ts';

/** Opening migrates; this is for those who want it done before the program starts. */
export async function run(args: string[]) {
	expectNothing(args);
	await withDatabase(async () => {});
	console.log('Cơ sở dữ liệu đã ở phiên bản của chương trình.');
}
