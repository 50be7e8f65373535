import Database from 'better-sqlite3';

/**
 * Loaded into a server by a test: takes away that SQLite's errors know nothing of values. A statement that is given a mark (`MARKS`, a
 * regular expression) fails with all its values in the error's words, as PostgreSQL's driver does.
 */
const marks = new RegExp(process.env.MARKS ?? '^$', 'i');
const prepare = Database.prototype.prepare;

Database.prototype.prepare = function (this: Database.Database, sql: string) {
	const statement = prepare.call(this, sql);
	for (const how of ['run', 'get', 'all'] as const) {
		const works = statement[how].bind(statement) as (...values: unknown[]) => unknown;
		statement[how] = ((...values: unknown[]) => {
			const written = JSON.stringify(values);
			if (marks.test(written))
				throw new Error(`Failed query: ${sql}\nparams: ${written}\n    at ${written} (/a.js:1:1)`);
			return works(...values);
		}) as never;
	}
	return statement;
} as never;
