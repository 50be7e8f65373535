/** Whether somebody can sign in: once they have taken up their invitation, until they are disabled. */
export const PERSON_STATES = ['active', 'invited', 'disabled'] as const;
export type PersonState = (typeof PERSON_STATES)[number];
