/** A part of the report beside its tables, in the words that paper and screen both print. */
export interface ReportSection {
	title: string;
	lines: { name: string; count: string }[];
	/** A sentence each: what to look at, or what is to be done. */
	signs: string[];
	note: string;
}
