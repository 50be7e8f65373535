CREATE TABLE `dialogue_ballot` (
	`organization_id` text NOT NULL,
	`round_id` text NOT NULL,
	`voter` text NOT NULL,
	`id` text NOT NULL,
	`turn` integer NOT NULL,
	`channel` text NOT NULL,
	`hall` integer NOT NULL,
	`level` text NOT NULL,
	`suspect` integer NOT NULL,
	`choice` text NOT NULL,
	`batch_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `round_id`, `voter`),
	CONSTRAINT "dialogue_ballot_choice_is_short" CHECK(length("dialogue_ballot"."choice") <= 100)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dialogue` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`room` text NOT NULL,
	`title` text NOT NULL,
	`place` text DEFAULT '' NOT NULL,
	`day` text NOT NULL,
	`time` text DEFAULT '' NOT NULL,
	`stream_url` text DEFAULT '' NOT NULL,
	`halls` text NOT NULL,
	`hall_proof` text NOT NULL,
	`rehearsal` integer DEFAULT false NOT NULL,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`hidden` integer DEFAULT false NOT NULL,
	`round_id` text,
	`stream_delay_ms` integer DEFAULT 0 NOT NULL,
	`questions_open` integer DEFAULT false NOT NULL,
	`questions_version` integer DEFAULT 0 NOT NULL,
	`sealed_secret` text,
	`created_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dialogue_room` ON `dialogue` (`room`);--> statement-breakpoint
CREATE INDEX `dialogue_organization` ON `dialogue` (`organization_id`);--> statement-breakpoint
CREATE TABLE `dialogue_display` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`hall` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `dialogue_display_of` ON `dialogue_display` (`dialogue_id`);--> statement-breakpoint
CREATE TABLE `dialogue_round` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`options` text NOT NULL,
	`most` integer DEFAULT 1 NOT NULL,
	`criterion` text,
	`version_id` text,
	`items` integer DEFAULT 0 NOT NULL,
	`changeable` integer DEFAULT true NOT NULL,
	`on_paper` integer DEFAULT true NOT NULL,
	`phase` text NOT NULL,
	`opened_at` integer,
	`closes_at` integer,
	`stream_closes_at` integer,
	`revealed` integer DEFAULT false NOT NULL,
	`result` text,
	`corrects` text
);
--> statement-breakpoint
CREATE INDEX `dialogue_round_of` ON `dialogue_round` (`dialogue_id`);--> statement-breakpoint
CREATE TABLE `dialogue_slip` (
	`dialogue_id` text NOT NULL,
	`serial` integer NOT NULL,
	`organization_id` text NOT NULL,
	`mark` text NOT NULL,
	`hall` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`dialogue_id`, `serial`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `dialogue_slip_mark` ON `dialogue_slip` (`mark`);