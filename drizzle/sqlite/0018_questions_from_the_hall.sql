CREATE TABLE `dialogue_promise` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`question_id` text,
	`text` text NOT NULL,
	`unit` text NOT NULL,
	`due_day` text NOT NULL,
	`state` text NOT NULL,
	`done_day` text NOT NULL,
	`evidence` text NOT NULL,
	`reason` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `dialogue_promise_of` ON `dialogue_promise` (`organization_id`,`state`);--> statement-breakpoint
CREATE INDEX `dialogue_promise_in` ON `dialogue_promise` (`dialogue_id`);--> statement-breakpoint
CREATE TABLE `dialogue_question_step` (
	`question_id` text NOT NULL,
	`version` integer NOT NULL,
	`organization_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`merged_into` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`question_id`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dialogue_question` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`follow_mark` text NOT NULL,
	`text` text NOT NULL,
	`text_mark` text NOT NULL,
	`field_id` text NOT NULL,
	`channel` text NOT NULL,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`merged_into` text,
	`version` integer NOT NULL,
	CONSTRAINT "dialogue_question_text_is_short" CHECK(length("dialogue_question"."text") <= 2000)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `dialogue_question_follow` ON `dialogue_question` (`follow_mark`);--> statement-breakpoint
CREATE INDEX `dialogue_question_of` ON `dialogue_question` (`dialogue_id`,`state`);--> statement-breakpoint
CREATE TABLE `dialogue_upvote` (
	`organization_id` text NOT NULL,
	`dialogue_id` text NOT NULL,
	`question_id` text NOT NULL,
	`voter` text NOT NULL,
	PRIMARY KEY(`organization_id`, `dialogue_id`, `question_id`, `voter`)
) WITHOUT ROWID;
