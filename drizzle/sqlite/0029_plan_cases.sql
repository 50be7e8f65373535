CREATE TABLE `plan_case` (
	`organization_id` text NOT NULL,
	`task_id` text NOT NULL,
	`case_id` text NOT NULL,
	`linked_at` integer NOT NULL,
	`linked_by` text NOT NULL,
	PRIMARY KEY(`organization_id`, `task_id`, `case_id`)
);
--> statement-breakpoint
CREATE INDEX `plan_case_of` ON `plan_case` (`organization_id`,`case_id`);