/** Limits of figures that have another beside the one they are printed with. */

/** 200 times what LimeSurvey takes on two cores (peers.ts). */
export const LEAST_SUBMISSIONS_A_SECOND = 2_600;
/** A leader's table is there before anybody notices. */
export const MOST_MS_OF_A_TABLE = 20;
/** Every viewer has the new tally within a second of the vote. */
export const MOST_MS_TO_A_VIEWER = 1_000;
