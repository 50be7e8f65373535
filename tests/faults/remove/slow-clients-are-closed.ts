import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

/** Loaded into a server by a test: takes away that whoever never finishes a request is closed. */
const createServer = http.createServer;

http.createServer = function (options: http.ServerOptions, ...rest: unknown[]) {
	const patient = { ...options, headersTimeout: 0, requestTimeout: 0, connectionsCheckingInterval: 600_000 };
	return (createServer as (...all: unknown[]) => http.Server)(patient, ...rest);
} as typeof http.createServer;
syncBuiltinESMExports();
