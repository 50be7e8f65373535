CREATE TABLE `improvement` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`criterion` text,
	`text` text NOT NULL,
	`day` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE INDEX `improvement_organization` ON `improvement` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `publication` (
	`organization_id` text NOT NULL,
	`audience` text NOT NULL,
	`first_day` text NOT NULL,
	`last_day` text NOT NULL,
	`revision` integer NOT NULL,
	`published_at` integer NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`organization_id`, `audience`, `first_day`, `last_day`, `revision`)
);
--> statement-breakpoint
CREATE TRIGGER publication_stays_as_it_is BEFORE UPDATE ON publication
BEGIN SELECT raise(abort, 'what was published is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER publication_stays BEFORE DELETE ON publication
BEGIN SELECT raise(abort, 'what was published is never deleted'); END;
