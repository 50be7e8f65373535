CREATE TABLE `comment_batch` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`audience` text NOT NULL,
	`week` text NOT NULL,
	`site_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`field_id` text NOT NULL,
	`officer_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `comment_batch_week` ON `comment_batch` (`organization_id`,`audience`,`week`);--> statement-breakpoint
CREATE TABLE `comment_week` (
	`organization_id` text NOT NULL,
	`week` text NOT NULL,
	PRIMARY KEY(`organization_id`, `week`)
);
--> statement-breakpoint
CREATE TABLE `comment` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`sheet_id` text,
	`taken_in` text NOT NULL,
	`state` text NOT NULL,
	`text` text NOT NULL,
	`topic` text NOT NULL,
	`to_head` integer NOT NULL,
	`reason` text NOT NULL,
	`waited` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`leaders_batch` text NOT NULL,
	`officers_batch` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `comment_sheet` ON `comment` (`organization_id`,`sheet_id`);--> statement-breakpoint
CREATE TABLE `released_comment` (
	`organization_id` text NOT NULL,
	`batch_id` text NOT NULL,
	`id` text NOT NULL,
	`text` text NOT NULL,
	`topic` text NOT NULL,
	`to_head` integer NOT NULL,
	`taken_down_at` integer,
	PRIMARY KEY(`organization_id`, `batch_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER comment_batch_stays_as_it_is BEFORE UPDATE ON comment_batch
BEGIN SELECT raise(abort, 'released comments are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER comment_batch_stays BEFORE DELETE ON comment_batch
BEGIN SELECT raise(abort, 'released comments are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER released_comment_stays_as_it_is BEFORE UPDATE ON released_comment
WHEN NOT (new.text IN (old.text, '') AND new.topic = old.topic AND new.to_head = old.to_head AND new.id = old.id
	AND new.batch_id = old.batch_id AND new.organization_id = old.organization_id)
BEGIN SELECT raise(abort, 'released comments are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER released_comment_stays BEFORE DELETE ON released_comment
BEGIN SELECT raise(abort, 'released comments are never deleted'); END;
