CREATE TABLE `dialogue_rehearsal` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`trial_dialogue_id` text NOT NULL,
	`phones` integer NOT NULL,
	`state` text NOT NULL,
	`step` text NOT NULL,
	`started_at` integer NOT NULL,
	`heard_at` integer NOT NULL,
	`ended_at` integer,
	`result` text
);
--> statement-breakpoint
CREATE INDEX `dialogue_rehearsal_of` ON `dialogue_rehearsal` (`dialogue_id`);