/** A failure whose words we chose for the operator: the log repeats them, where it is silent about the words of any other error. */
export class Notice extends Error {}
