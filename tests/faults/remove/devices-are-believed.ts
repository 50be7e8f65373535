/** Loaded into a server by a test: takes away that a sheet is of the day that its tablet says. All is of now, by the server's own clock. */
const { parse } = Date;

Date.parse = (text) => (/T\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? Date.now() : parse(text));
