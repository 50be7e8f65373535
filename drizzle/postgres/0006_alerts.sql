CREATE TABLE "alert_look" (
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"slot" text NOT NULL,
	CONSTRAINT "alert_look_key" PRIMARY KEY("organization_id","kind","slot")
);
--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "quiet_from" text DEFAULT '18:00' NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "quiet_until" text DEFAULT '07:00' NOT NULL;--> statement-breakpoint
ALTER TABLE "alarm" ADD COLUMN "closed_by" text;--> statement-breakpoint
ALTER TABLE "alarm" ADD COLUMN "detail" jsonb;