CREATE TABLE `dialogue_keyed` (
	`batch_id` text NOT NULL,
	`turn` integer NOT NULL,
	`serial` integer NOT NULL,
	`dialogue_id` text NOT NULL,
	`entry` text NOT NULL,
	`place` integer NOT NULL,
	`choices` text NOT NULL,
	PRIMARY KEY(`batch_id`, `turn`, `serial`)
);
--> statement-breakpoint
CREATE INDEX `dialogue_keyed_serial` ON `dialogue_keyed` (`dialogue_id`,`serial`);--> statement-breakpoint
CREATE TABLE `dialogue_keying` (
	`batch_id` text NOT NULL,
	`turn` integer NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`file_hash` text DEFAULT '' NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`batch_id`, `turn`),
	CONSTRAINT "dialogue_keying_turn_is_first_or_second" CHECK("dialogue_keying"."turn" in (1, 2))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dialogue_keying_one_a_person` ON `dialogue_keying` (`batch_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `dialogue_batch` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`number` integer NOT NULL,
	`hall` integer NOT NULL,
	`counted` integer NOT NULL,
	`counted_by` text NOT NULL,
	`aside` integer DEFAULT 0 NOT NULL,
	`aside_reason` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer,
	`ballots` integer DEFAULT 0 NOT NULL,
	`conflicts` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dialogue_batch_number` ON `dialogue_batch` (`dialogue_id`,`number`);--> statement-breakpoint
CREATE TABLE `dialogue_paper_decision` (
	`batch_id` text NOT NULL,
	`kind` text NOT NULL,
	`serial` integer NOT NULL,
	`seen` text NOT NULL,
	`choices` text,
	`reason` text DEFAULT '' NOT NULL,
	`user_id` text NOT NULL,
	`decided_at` integer NOT NULL,
	PRIMARY KEY(`batch_id`, `kind`, `serial`)
);
