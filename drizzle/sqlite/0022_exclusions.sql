CREATE TABLE `exclusion` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`site_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`channel` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text NOT NULL,
	`shift` text NOT NULL,
	`flag` text NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`answer` text DEFAULT '' NOT NULL,
	`lifted_by` text,
	`lifted_at` integer,
	`moved` integer DEFAULT 0 NOT NULL,
	`seen` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `exclusion_state` ON `exclusion` (`state`);