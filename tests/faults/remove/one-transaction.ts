import Database from 'better-sqlite3';

/** Loaded into a process by a test: takes away that what belongs together is written together. Each statement stands by itself. */
const exec = Database.prototype.exec;

Database.prototype.exec = function (sql: string) {
	return sql === 'begin immediate' || sql === 'commit' ? this : exec.call(this, sql);
};
