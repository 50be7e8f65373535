CREATE TABLE "report_mailing" (
	"organization_id" text NOT NULL,
	"preset" text NOT NULL,
	"from_day" text NOT NULL,
	"mailed_at" bigint NOT NULL,
	CONSTRAINT "report_mailing_key" PRIMARY KEY("organization_id","preset","from_day")
);
--> statement-breakpoint
CREATE TABLE "report_subscription" (
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "report_subscription_key" PRIMARY KEY("organization_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "letter" ADD COLUMN "attachment" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "letter" ADD COLUMN "attachment_name" text DEFAULT '' NOT NULL;