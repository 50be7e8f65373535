CREATE TABLE `audit_line` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`action` text NOT NULL,
	`object` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_line_organization_at` ON `audit_line` (`organization_id`,`at`);--> statement-breakpoint
CREATE TABLE `session` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `session_user` ON `session` (`user_id`);--> statement-breakpoint
CREATE TABLE `user_account` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`login` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_account_login` ON `user_account` (`login`);--> statement-breakpoint
CREATE TABLE `counter_field` (
	`counter_id` text NOT NULL,
	`field_id` text NOT NULL,
	PRIMARY KEY(`counter_id`, `field_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `counter` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`site_id` text NOT NULL,
	`number` text NOT NULL,
	`name` text NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `counter_organization` ON `counter` (`organization_id`);--> statement-breakpoint
CREATE TABLE `duty` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`officer_id` text,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`source` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `duty_counter_start` ON `duty` (`counter_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `field` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`name_en` text NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `field_organization` ON `field` (`organization_id`);--> statement-breakpoint
CREATE TABLE `officer` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `officer_organization` ON `officer` (`organization_id`);--> statement-breakpoint
CREATE TABLE `organization` (
	`id` text PRIMARY KEY NOT NULL,
	`parent_id` text,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`demonstration` integer DEFAULT false NOT NULL,
	`target` integer DEFAULT 9000 NOT NULL,
	`version_id` text DEFAULT 'SIPAS5-v1' NOT NULL,
	`staff_pin` text
);
--> statement-breakpoint
CREATE TABLE `site` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `site_organization` ON `site` (`organization_id`);--> statement-breakpoint
CREATE TABLE `daily_count` (
	`organization_id` text NOT NULL,
	`day` text NOT NULL,
	`channel` text NOT NULL,
	`site_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`field_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`version_id` text NOT NULL,
	`item_id` text NOT NULL,
	`counted` integer NOT NULL,
	`n1` integer NOT NULL,
	`n2` integer NOT NULL,
	`n3` integer NOT NULL,
	`n4` integer NOT NULL,
	`n5` integer NOT NULL,
	`not_applicable` integer NOT NULL,
	`sheets` integer NOT NULL,
	`r1` integer DEFAULT 0 NOT NULL,
	`r2` integer DEFAULT 0 NOT NULL,
	`r3` integer DEFAULT 0 NOT NULL,
	`r4` integer DEFAULT 0 NOT NULL,
	`r5` integer DEFAULT 0 NOT NULL,
	`r_not_applicable` integer DEFAULT 0 NOT NULL,
	`r_sheets` integer DEFAULT 0 NOT NULL,
	`pending` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`organization_id`, `day`, `channel`, `site_id`, `counter_id`, `field_id`, `officer_id`, `version_id`, `item_id`, `counted`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `daily_count_pending` ON `daily_count` (`organization_id`) WHERE pending = 1;--> statement-breakpoint
CREATE TABLE `folded_month` (
	`organization_id` text NOT NULL,
	`version_id` text NOT NULL,
	`month` text NOT NULL,
	PRIMARY KEY(`organization_id`, `version_id`, `month`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `monthly_count` (
	`organization_id` text NOT NULL,
	`version_id` text NOT NULL,
	`month` text NOT NULL,
	`channel` text NOT NULL,
	`site_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`field_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`item_id` text NOT NULL,
	`n1` integer NOT NULL,
	`n2` integer NOT NULL,
	`n3` integer NOT NULL,
	`n4` integer NOT NULL,
	`n5` integer NOT NULL,
	`not_applicable` integer NOT NULL,
	`sheets` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `version_id`, `month`, `channel`, `site_id`, `counter_id`, `field_id`, `officer_id`, `item_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `released_count` (
	`organization_id` text NOT NULL,
	`version_id` text NOT NULL,
	`day` text NOT NULL,
	`channel` text NOT NULL,
	`site_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`field_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`item_id` text NOT NULL,
	`n1` integer NOT NULL,
	`n2` integer NOT NULL,
	`n3` integer NOT NULL,
	`n4` integer NOT NULL,
	`n5` integer NOT NULL,
	`not_applicable` integer NOT NULL,
	`sheets` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `version_id`, `day`, `channel`, `site_id`, `counter_id`, `field_id`, `officer_id`, `item_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `intake_ledger` (
	`organization_id` text NOT NULL,
	`terminal_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`sheet_id` text NOT NULL,
	`replaces` text,
	`answered_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `terminal_id`, `sequence`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `quarantine` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`terminal_id` text NOT NULL,
	`code` text NOT NULL,
	`body` text NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `quarantine_terminal` ON `quarantine` (`organization_id`,`terminal_id`);--> statement-breakpoint
CREATE TABLE `sheet_comment` (
	`organization_id` text NOT NULL,
	`sheet_id` text NOT NULL,
	`comment` text NOT NULL,
	PRIMARY KEY(`organization_id`, `sheet_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sheet` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`day` text NOT NULL,
	`shift` text NOT NULL,
	`channel` text NOT NULL,
	`site_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`field_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`version_id` text NOT NULL,
	`locale` text NOT NULL,
	`answers` text NOT NULL,
	`reasons` text NOT NULL,
	`digest` text NOT NULL,
	`flags` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	CONSTRAINT "sheet_day_is_a_day" CHECK(length("sheet"."day") = 10)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `pairing` (
	`code` text PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`requested_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`terminal_id` text
);
--> statement-breakpoint
CREATE TABLE `terminal_sequence` (
	`terminal_id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`ranges` text NOT NULL,
	`forked_at` integer,
	`quarantined` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `terminal` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text NOT NULL,
	`profile` text NOT NULL,
	`paired_at` integer NOT NULL,
	`revoked_at` integer,
	`last_seen_at` integer,
	`heartbeat` text
);
--> statement-breakpoint
CREATE INDEX `terminal_organization` ON `terminal` (`organization_id`);