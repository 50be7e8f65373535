import Database from 'better-sqlite3';

/** Loaded into a server by a test: takes away that a commit waits for the disk, and what would notice it. */
const pragma = Database.prototype.pragma;

Database.prototype.pragma = function (source: string, options?: Database.PragmaOptions) {
	if (source === 'synchronous = FULL') return pragma.call(this, 'synchronous = NORMAL', options);
	if (source === 'synchronous') return 2;
	return pragma.call(this, source, options);
};
