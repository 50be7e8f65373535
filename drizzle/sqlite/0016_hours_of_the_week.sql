CREATE TABLE `hour_count` (
	`organization_id` text NOT NULL,
	`version_id` text NOT NULL,
	`month` text NOT NULL,
	`site_id` text NOT NULL,
	`weekday` integer NOT NULL,
	`hour` integer NOT NULL,
	`sheets` integer NOT NULL,
	`tc_answers` integer NOT NULL,
	`tc_satisfied` integer NOT NULL,
	`hc_answers` integer NOT NULL,
	`hc_satisfied` integer NOT NULL,
	`pv_answers` integer NOT NULL,
	`pv_satisfied` integer NOT NULL,
	`kq_answers` integer NOT NULL,
	`kq_satisfied` integer NOT NULL,
	`tt_answers` integer NOT NULL,
	`tt_satisfied` integer NOT NULL,
	`r_sheets` integer DEFAULT 0 NOT NULL,
	`r_tc_answers` integer DEFAULT 0 NOT NULL,
	`r_tc_satisfied` integer DEFAULT 0 NOT NULL,
	`r_hc_answers` integer DEFAULT 0 NOT NULL,
	`r_hc_satisfied` integer DEFAULT 0 NOT NULL,
	`r_pv_answers` integer DEFAULT 0 NOT NULL,
	`r_pv_satisfied` integer DEFAULT 0 NOT NULL,
	`r_kq_answers` integer DEFAULT 0 NOT NULL,
	`r_kq_satisfied` integer DEFAULT 0 NOT NULL,
	`r_tt_answers` integer DEFAULT 0 NOT NULL,
	`r_tt_satisfied` integer DEFAULT 0 NOT NULL,
	`pending` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`organization_id`, `version_id`, `month`, `site_id`, `weekday`, `hour`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `hour_count_pending` ON `hour_count` (`organization_id`) WHERE pending = 1;--> statement-breakpoint
ALTER TABLE `organization` ADD `hours_since` text DEFAULT '' NOT NULL;
--> statement-breakpoint
-- Of sheets that came before, nobody knows the hour any more: only months after them are counted by the hour.
UPDATE organization SET hours_since = coalesce(
	(SELECT substr(date(max(day), 'start of month', '+1 month'), 1, 7) FROM sheet WHERE sheet.organization_id = organization.id), '');
