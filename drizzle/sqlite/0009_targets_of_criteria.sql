CREATE TABLE `criterion_target` (
	`organization_id` text NOT NULL,
	`number` integer NOT NULL,
	`year` integer NOT NULL,
	`criterion` text NOT NULL,
	`value` integer,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `number`)
);
--> statement-breakpoint
ALTER TABLE `organization` ADD `predecessors` text;