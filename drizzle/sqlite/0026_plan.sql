CREATE TABLE `plan_check` (
	`organization_id` text NOT NULL,
	`task_id` text NOT NULL,
	`week` text NOT NULL,
	`done_day` text NOT NULL,
	`checked_at` integer NOT NULL,
	`checked_by` text NOT NULL,
	PRIMARY KEY(`organization_id`, `task_id`, `week`)
);
--> statement-breakpoint
CREATE TABLE `plan_note` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`task_id` text NOT NULL,
	`text` text NOT NULL,
	`evidence` text NOT NULL,
	`day` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`withdrawn_at` integer,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `plan_note_task` ON `plan_note` (`organization_id`,`task_id`);--> statement-breakpoint
CREATE TABLE `plan_task` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`year` integer NOT NULL,
	`criterion` text NOT NULL,
	`position` integer NOT NULL,
	`content` text NOT NULL,
	`responsibility` text NOT NULL,
	`lead` text NOT NULL,
	`support` text NOT NULL,
	`due_text` text NOT NULL,
	`due_kind` text NOT NULL,
	`due_day` text NOT NULL,
	`weekday` integer NOT NULL,
	`expected` text NOT NULL,
	`reasons` text NOT NULL,
	`items` text NOT NULL,
	`site_id` text NOT NULL,
	`state` text NOT NULL,
	`done_day` text NOT NULL,
	`evidence` text NOT NULL,
	`reason` text NOT NULL,
	`since_day` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `plan_task_year` ON `plan_task` (`organization_id`,`year`);