/**
 * `npm test` has ten minutes and tries a part of the longest lists, chosen so that everything in them is tried somewhere;
 * `npm run test:full` tries all of it everywhere.
 */
export const FULL = process.env.LANE === 'full';
