CREATE TABLE `answer_template` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `answer_template_of` ON `answer_template` (`organization_id`);--> statement-breakpoint
CREATE TABLE `case_file` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`case_id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`content` text NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `case_file_of` ON `case_file` (`case_id`);--> statement-breakpoint
CREATE TABLE `case_setting` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`forward_hours` integer NOT NULL,
	`answer_days` integer NOT NULL,
	`limit_days` integer NOT NULL,
	`publish_days` integer NOT NULL,
	`from_sheets` integer NOT NULL,
	`from_sheets_since` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `citizen_case_step` (
	`case_id` text NOT NULL,
	`version` integer NOT NULL,
	`organization_id` text NOT NULL,
	`deed` text NOT NULL,
	`state` text NOT NULL,
	`actor_id` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`case_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `citizen_case` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`year` integer NOT NULL,
	`seq` integer NOT NULL,
	`source` text NOT NULL,
	`source_id` text NOT NULL,
	`follow_mark` text NOT NULL,
	`class` text NOT NULL,
	`to_head` integer NOT NULL,
	`criterion` text NOT NULL,
	`site_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`field_id` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`unit` text NOT NULL,
	`assignee_id` text NOT NULL,
	`answer` text NOT NULL,
	`public_question` text NOT NULL,
	`public_answer` text NOT NULL,
	`refusal` text NOT NULL,
	`kept_private` integer NOT NULL,
	`rating` integer,
	`reopened` integer NOT NULL,
	`received_at` integer NOT NULL,
	`started_at` integer NOT NULL,
	`forwarded_at` integer,
	`answered_at` integer,
	`published_at` integer,
	`pauses` text NOT NULL,
	`forward_hours` integer NOT NULL,
	`answer_days` integer NOT NULL,
	`limit_days` integer NOT NULL,
	`publish_days` integer NOT NULL,
	`told_of` text NOT NULL,
	CONSTRAINT "citizen_case_text_is_short" CHECK(length("citizen_case"."text") <= 4000)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `citizen_case_number` ON `citizen_case` (`organization_id`,`year`,`seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `citizen_case_of` ON `citizen_case` (`organization_id`,`source`,`source_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `citizen_case_follow` ON `citizen_case` (`follow_mark`);--> statement-breakpoint
CREATE INDEX `citizen_case_in` ON `citizen_case` (`organization_id`,`state`);--> statement-breakpoint
CREATE INDEX `citizen_case_by` ON `citizen_case` (`assignee_id`);