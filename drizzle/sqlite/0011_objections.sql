CREATE TABLE `objection` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`first_day` text NOT NULL,
	`last_day` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`state` text NOT NULL,
	`answer` text DEFAULT '' NOT NULL,
	`answered_at` integer,
	`answered_by` text
);
--> statement-breakpoint
CREATE INDEX `objection_organization` ON `objection` (`organization_id`,`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `objection_period` ON `objection` (`organization_id`,`officer_id`,`first_day`,`last_day`);