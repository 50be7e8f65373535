/** The command was not asked rightly: exit 2, with the sentence and the command's usage. */
export class UsageProblem extends Error {}

/** The command was understood and cannot be done: exit 3, with the sentence. */
export class Refusal extends Error {}
