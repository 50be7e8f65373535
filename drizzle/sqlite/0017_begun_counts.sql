CREATE TABLE `begun_count` (
	`organization_id` text NOT NULL,
	`day` text NOT NULL,
	`terminal_id` text NOT NULL,
	`duty_id` text NOT NULL,
	`counter_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`times` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `day`, `terminal_id`, `duty_id`)
);
