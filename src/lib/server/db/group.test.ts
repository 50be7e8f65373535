import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { CommitGroup } from './group.ts';
import { noteConnection } from './turn.ts';

const CITIZENS = 60;
const COMMIT_MS = 5;

test('citizens who come while a commit blocks the loop all go into the next one, each on a connection of its own', async () => {
	const commits: number[] = [];
	const group = new CommitGroup<null, null>(
		() => 1,
		async (requests) => {
			commits.push(requests.length);
			const begun = performance.now();
			while (performance.now() - begun < COMMIT_MS);
			return requests.map(() => null);
		},
		1000
	);
	const server = createServer((socket) => {
		socket.on('data', () => void group.submit(null).then(() => socket.end('thanks')));
	});
	server.on('connection', noteConnection);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => void server.close());

	const { port } = server.address() as AddressInfo;
	const thanked = Array.from({ length: CITIZENS }, async () => {
		const socket = connect(port, '127.0.0.1', () => socket.write('5'));
		await once(socket.resume(), 'close');
	});
	await Promise.all(thanked);
	expect(commits.reduce((sum, each) => sum + each, 0)).toBe(CITIZENS);
	expect(commits.length).toBeLessThan(CITIZENS / 4);
});
