CREATE TABLE `audit_entry` (
	`organization_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`action` text NOT NULL,
	`object` text NOT NULL,
	`detail` text NOT NULL,
	`reason` text NOT NULL,
	`previous` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`organization_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `audit_entry_at` ON `audit_entry` (`organization_id`,`at`);--> statement-breakpoint
CREATE TABLE `installation` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `letter` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `letter_next` ON `letter` (`sent_at`,`next_at`);--> statement-breakpoint
CREATE TABLE `password_link` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `password_link_user` ON `password_link` (`user_id`);--> statement-breakpoint
CREATE TABLE `recovery_code` (
	`user_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`user_id`, `code_hash`)
);
--> statement-breakpoint
CREATE TABLE `role_grant` (
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`site_id` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`organization_id`, `user_id`, `role`, `site_id`)
);
--> statement-breakpoint
CREATE INDEX `role_grant_user` ON `role_grant` (`user_id`);--> statement-breakpoint
CREATE TABLE `calendar_day` (
	`organization_id` text NOT NULL,
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	PRIMARY KEY(`organization_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `duty_correction` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`counter_id` text NOT NULL,
	`officer_id` text,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`reason` text NOT NULL,
	`corrected_by` text NOT NULL,
	`corrected_at` integer NOT NULL,
	`moved` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `import_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`content` text NOT NULL,
	`created_at` integer NOT NULL,
	`applied_at` integer
);
--> statement-breakpoint
CREATE TABLE `photo` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`data` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `alarm` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`object` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alarm_open` ON `alarm` (`organization_id`,`kind`,`object`) WHERE closed_at is null;--> statement-breakpoint
-- Lines from before the chain are kept; they are linked at the first start (server/account/audit).
INSERT INTO `audit_entry` (`organization_id`, `seq`, `at`, `actor_id`, `action`, `object`, `detail`, `reason`, `previous`, `hash`)
	SELECT organization_id, row_number() OVER (PARTITION BY organization_id ORDER BY at, rowid), at, actor_id, action, object, detail, '', '', ''
	FROM `audit_line`;
--> statement-breakpoint
DROP TABLE `audit_line`;--> statement-breakpoint
ALTER TABLE `session` ADD `id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `session` ADD `second_factor_at` integer;--> statement-breakpoint
ALTER TABLE `session` ADD `device` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `user_account` ADD `email` text;--> statement-breakpoint
ALTER TABLE `user_account` ADD `officer_id` text;--> statement-breakpoint
ALTER TABLE `user_account` ADD `created_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `user_account` ADD `totp_secret` text;--> statement-breakpoint
ALTER TABLE `user_account` ADD `totp_confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `user_account` ADD `totp_step` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `user_account_organization` ON `user_account` (`organization_id`);--> statement-breakpoint
INSERT INTO `role_grant` (organization_id, user_id, role, site_id) SELECT organization_id, id, role, '' FROM `user_account`;
--> statement-breakpoint
ALTER TABLE `user_account` DROP COLUMN `role`;--> statement-breakpoint
ALTER TABLE `officer` ADD `code` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `officer` ADD `title` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `officer` ADD `state` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `officer` ADD `photo_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `officer_code` ON `officer` (`organization_id`,`code`) WHERE archived_at is null and code <> '';--> statement-breakpoint
ALTER TABLE `organization` ADD `archived_at` integer;--> statement-breakpoint
ALTER TABLE `site` ADD `address` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `site` ADD `hours` text;--> statement-breakpoint
CREATE UNIQUE INDEX `site_name` ON `site` (`organization_id`,`name`) WHERE archived_at is null;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `state` text DEFAULT 'waiting' NOT NULL;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `proposed_by` text;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `proposed_at` integer;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `decided_by` text;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `decided_at` integer;--> statement-breakpoint
CREATE INDEX `quarantine_state` ON `quarantine` (`organization_id`,`state`);--> statement-breakpoint
ALTER TABLE `terminal` ADD `predecessor_id` text;--> statement-breakpoint
ALTER TABLE `terminal` ADD `rescue_until` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `counter_number` ON `counter` (`site_id`,`number`) WHERE archived_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `field_code` ON `field` (`organization_id`,`code`) WHERE archived_at is null;
--> statement-breakpoint
CREATE TRIGGER audit_entry_stays_as_it_is BEFORE UPDATE ON audit_entry WHEN old.hash <> ''
BEGIN SELECT raise(abort, 'audit lines are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
BEGIN SELECT raise(abort, 'audit lines are never deleted'); END;
