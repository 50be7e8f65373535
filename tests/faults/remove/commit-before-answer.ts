import Database from 'better-sqlite3';

/**
 * Loaded into a server by a test: takes away the promise that an answer follows its commit. A transaction stays open for a while
 * and takes in the next ones, as a server without fsync, or with a lazy one, would.
 */
const LAZY_MS = 250;
const exec = Database.prototype.exec;
let due: NodeJS.Timeout | undefined;

Database.prototype.exec = function (sql: string) {
	if (sql === 'begin immediate' && this.inTransaction) return this;
	if (sql !== 'commit') return exec.call(this, sql);
	due ??= setTimeout(() => {
		due = undefined;
		if (this.open && this.inTransaction) exec.call(this, 'commit');
	}, LAZY_MS);
	return this;
};
