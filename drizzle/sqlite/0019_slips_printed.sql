CREATE TABLE `dialogue_slip_run` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`hall` integer NOT NULL,
	`first` integer NOT NULL,
	`count` integer NOT NULL,
	`ballots` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`voided_at` integer
);
--> statement-breakpoint
CREATE INDEX `dialogue_slip_run_of` ON `dialogue_slip_run` (`dialogue_id`);