import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that a fan-out can be: one prepared buffer to every open response, when somebody posts. No database, no roles, no pace. */
const watching = new Set<ServerResponse>();
let number = 0;

const frame = () =>
	Buffer.from(
		`id: bare:${number}\ndata: {"epoch":"bare","v":${number},"turnout":{"live-hall":${number}},"filling":"${'x'.repeat(330)}"}\n\n`
	);

const server = createServer((request, response) => {
	if (request.method === 'POST') {
		number++;
		const buffer = frame();
		for (const viewer of watching) viewer.write(buffer);
		return response.end();
	}
	response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
	response.write(frame());
	watching.add(response);
	response.on('close', () => watching.delete(response));
});
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
