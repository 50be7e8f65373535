/** better-sqlite3 13 ends a Node 20 process with a segmentation fault, so every entry says it in a sentence first. */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
	console.error(
		`Lắng nghe needs Node.js 22.18 or newer, but this is ${process.versions.node}. Run "npm start": npm brings its own Node.js.`
	);
	process.exit(2);
}
