CREATE TABLE `dialogue_hall_pack` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`side` text NOT NULL,
	`hall` integer NOT NULL,
	`round_ids` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`merged_at` integer,
	`merged` text,
	`dropped_at` integer,
	`dropped_why` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `dialogue_hall_pack_of` ON `dialogue_hall_pack` (`dialogue_id`);