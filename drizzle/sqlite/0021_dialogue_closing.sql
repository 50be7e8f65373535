ALTER TABLE `dialogue` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `dialogue_round` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `dialogue_round` ADD `corrects_why` text DEFAULT '' NOT NULL;