import { existsSync, writeFileSync } from 'node:fs';
import { makeKey } from '../../lib/server/backup/seal.ts';
import { Refusal } from './ending.ts';
import { pathFrom, readFileArgument } from './options.ts';

/** A pair of keys: the private one into a file that belongs away from the server, the public one on the screen. */
export async function run(args: string[], calledIn: string) {
	const path = pathFrom(calledIn, readFileArgument(args, calledIn));
	if (existsSync(path)) throw new Refusal('Tệp đã có; khóa không bao giờ bị ghi đè.');
	const { identity, recipient } = await makeKey();
	writeFileSync(path, `# public key: ${recipient}\n${identity}\n`, { flag: 'wx', mode: 0o600, flush: true });
	console.log(recipient);
	console.error(
		`Khóa riêng ở ${path}: hãy cất nó NGOÀI máy chủ này, ở hai nơi; mất khóa là mất mọi bản sao lưu. Dòng trên là khóa công khai, đặt vào BACKUP_RECIPIENT.`
	);
}
