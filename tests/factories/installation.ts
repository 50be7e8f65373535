/** Whose database: on PostgreSQL each has one a process, which the next test finds emptied. */
export type Installation = 'own' | 'second' | 'third';
