CREATE TABLE `meeting_decision` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`friday` text NOT NULL,
	`text` text NOT NULL,
	`unit` text NOT NULL,
	`due_day` text NOT NULL,
	`state` text NOT NULL,
	`done_day` text NOT NULL,
	`result` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `meeting_decision_week` ON `meeting_decision` (`organization_id`,`friday`);