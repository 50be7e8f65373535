CREATE TABLE "hour_count" (
	"organization_id" text NOT NULL,
	"version_id" text NOT NULL,
	"month" text NOT NULL,
	"site_id" text NOT NULL,
	"weekday" bigint NOT NULL,
	"hour" bigint NOT NULL,
	"sheets" bigint NOT NULL,
	"tc_answers" bigint NOT NULL,
	"tc_satisfied" bigint NOT NULL,
	"hc_answers" bigint NOT NULL,
	"hc_satisfied" bigint NOT NULL,
	"pv_answers" bigint NOT NULL,
	"pv_satisfied" bigint NOT NULL,
	"kq_answers" bigint NOT NULL,
	"kq_satisfied" bigint NOT NULL,
	"tt_answers" bigint NOT NULL,
	"tt_satisfied" bigint NOT NULL,
	"r_sheets" bigint DEFAULT 0 NOT NULL,
	"r_tc_answers" bigint DEFAULT 0 NOT NULL,
	"r_tc_satisfied" bigint DEFAULT 0 NOT NULL,
	"r_hc_answers" bigint DEFAULT 0 NOT NULL,
	"r_hc_satisfied" bigint DEFAULT 0 NOT NULL,
	"r_pv_answers" bigint DEFAULT 0 NOT NULL,
	"r_pv_satisfied" bigint DEFAULT 0 NOT NULL,
	"r_kq_answers" bigint DEFAULT 0 NOT NULL,
	"r_kq_satisfied" bigint DEFAULT 0 NOT NULL,
	"r_tt_answers" bigint DEFAULT 0 NOT NULL,
	"r_tt_satisfied" bigint DEFAULT 0 NOT NULL,
	"pending" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "hour_count_key" PRIMARY KEY("organization_id","version_id","month","site_id","weekday","hour")
);
--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "hours_since" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "hour_count_pending" ON "hour_count" USING btree ("organization_id") WHERE pending = 1;
--> statement-breakpoint
-- Of sheets that came before, nobody knows the hour any more: only months after them are counted by the hour.
UPDATE organization SET hours_since = coalesce(
	(SELECT to_char(max(day)::date + interval '1 month', 'YYYY-MM') FROM sheet WHERE sheet.organization_id = organization.id), '');
