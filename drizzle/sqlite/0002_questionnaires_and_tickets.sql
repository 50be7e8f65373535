CREATE TABLE `answer_file` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`file_name` text NOT NULL,
	`content` text NOT NULL,
	`mapping` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`applied_at` integer
);
--> statement-breakpoint
CREATE TABLE `api_key` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`key_hash` text NOT NULL,
	`shows` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_hash` ON `api_key` (`key_hash`);--> statement-breakpoint
CREATE INDEX `api_key_organization` ON `api_key` (`organization_id`);--> statement-breakpoint
CREATE TABLE `citizen_request` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`sealed` text NOT NULL,
	`day` text NOT NULL,
	`state` text NOT NULL,
	`done_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `citizen_request_open` ON `citizen_request` (`organization_id`) WHERE state = 'new';--> statement-breakpoint
CREATE TABLE `collector` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`site_id` text DEFAULT '' NOT NULL,
	`counter_id` text DEFAULT '' NOT NULL,
	`field_id` text DEFAULT '' NOT NULL,
	`officer_id` text DEFAULT '' NOT NULL,
	`version_id` text,
	`created_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `collector_code` ON `collector` (`code`);--> statement-breakpoint
CREATE INDEX `collector_organization` ON `collector` (`organization_id`);--> statement-breakpoint
CREATE TABLE `questionnaire_version` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`questionnaire_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`name` text NOT NULL,
	`content` text NOT NULL,
	`continues_trend` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`published_at` integer,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `questionnaire_version_number` ON `questionnaire_version` (`organization_id`,`questionnaire_id`,`number`);--> statement-breakpoint
CREATE TABLE `sheet_band` (
	`organization_id` text NOT NULL,
	`sheet_id` text NOT NULL,
	`bands` text NOT NULL,
	PRIMARY KEY(`organization_id`, `sheet_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `survey_draft` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`answers` text NOT NULL,
	`changed_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `survey_draft_changed` ON `survey_draft` (`changed_at`);--> statement-breakpoint
CREATE TABLE `ticket_batch` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`made` integer NOT NULL,
	`counter_id` text NOT NULL,
	`field_id` text DEFAULT '' NOT NULL,
	`officer_id` text DEFAULT '' NOT NULL,
	`version_id` text NOT NULL,
	`expires_on` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`voided_at` integer
);
--> statement-breakpoint
CREATE INDEX `ticket_batch_organization` ON `ticket_batch` (`organization_id`);--> statement-breakpoint
CREATE TABLE `ticket` (
	`hash` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`batch_id` text NOT NULL,
	`state` text NOT NULL,
	`site_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`field_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`version_id` text NOT NULL,
	`day` text NOT NULL,
	`shift` text NOT NULL,
	`expires_on` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `ticket_batch_of` ON `ticket` (`batch_id`,`state`);--> statement-breakpoint
CREATE INDEX `ticket_expiry` ON `ticket` (`expires_on`);--> statement-breakpoint
CREATE TRIGGER questionnaire_version_stays BEFORE UPDATE ON questionnaire_version
WHEN old.state <> 'draft' AND (new.content <> old.content OR new.id <> old.id OR new.number <> old.number OR new.continues_trend <> old.continues_trend OR new.state = 'draft')
BEGIN SELECT raise(ABORT, 'a published questionnaire never changes'); END;--> statement-breakpoint
CREATE TRIGGER questionnaire_version_is_kept BEFORE DELETE ON questionnaire_version WHEN old.state <> 'draft'
BEGIN SELECT raise(ABORT, 'a published questionnaire is never deleted'); END;
