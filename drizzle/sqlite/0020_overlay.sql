ALTER TABLE `dialogue` ADD `delay_measure` text;--> statement-breakpoint
ALTER TABLE `dialogue` ADD `overlay_layout` text DEFAULT 'lower' NOT NULL;