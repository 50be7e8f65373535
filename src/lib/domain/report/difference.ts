/** One row of counts that is not what its source says: its figures as they are kept, and as they should be. */
export interface Difference {
	where: string;
	counted: number[];
	recomputed: number[];
}
