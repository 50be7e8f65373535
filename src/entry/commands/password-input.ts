import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { Refusal, UsageProblem } from './ending.ts';

/** A password never stands among the arguments, where everybody on the machine could read it. */
export function takePassword(fromInput: boolean | undefined): Promise<string> {
	return fromInput ? readPassword() : askPassword();
}

/** The words that lock a backup; asked twice while nobody has locked anything with them yet. */
export async function takePassphrase(fromInput: boolean | undefined, which: 'new' | 'known'): Promise<string> {
	const words = fromInput ? await readPassword() : await askPassword(which === 'new', '--passphrase-stdin');
	if (which === 'new' && [...words].length < SHORTEST_PASSPHRASE)
		throw new Refusal(`Mật khẩu của bản sao lưu cần ít nhất ${SHORTEST_PASSPHRASE} ký tự.`);
	return words;
}

/** Whoever has the file can try as long as they like. */
const SHORTEST_PASSPHRASE = 16;

/** The whole input but the line end that `echo` adds. */
async function readPassword(): Promise<string> {
	return (await textOf(process.stdin)).replace(/\r?\n$/, '');
}

async function askPassword(twice = true, instead = '--password-stdin'): Promise<string> {
	if (!process.stdin.isTTY) throw new UsageProblem(`Không có màn hình để hỏi mật khẩu; hãy dùng ${instead}.`);
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
		if (twice && (await ask('Gõ lại mật khẩu: ')) !== password)
			throw new Refusal('Hai lần gõ mật khẩu không giống nhau.');
		return password;
	} finally {
		reader.close();
	}
}
