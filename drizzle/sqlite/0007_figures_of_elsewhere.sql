CREATE TABLE `published_figure` (
	`organization_id` text NOT NULL,
	`series_id` text NOT NULL,
	`place` integer NOT NULL,
	`criterion` text NOT NULL,
	`unit` text NOT NULL,
	`value` integer NOT NULL,
	`change` integer,
	PRIMARY KEY(`organization_id`, `series_id`, `place`, `criterion`)
);
--> statement-breakpoint
CREATE TABLE `published_series` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`year` integer NOT NULL,
	`change_since` integer,
	`method` text NOT NULL,
	`source` text NOT NULL,
	`imported_by` text NOT NULL,
	`imported_at` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`organization_id`, `id`)
);
