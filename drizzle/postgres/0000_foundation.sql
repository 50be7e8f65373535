CREATE TABLE "audit_line" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"object" text NOT NULL,
	"detail" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"used_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_account" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"login" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "counter_field" (
	"counter_id" text NOT NULL,
	"field_id" text NOT NULL,
	CONSTRAINT "counter_field_key" PRIMARY KEY("counter_id","field_id")
);
--> statement-breakpoint
CREATE TABLE "counter" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"site_id" text NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "duty" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"officer_id" text,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "field" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "officer" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"parent_id" text,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"demonstration" boolean DEFAULT false NOT NULL,
	"target" bigint DEFAULT 9000 NOT NULL,
	"version_id" text DEFAULT 'SIPAS5-v1' NOT NULL,
	"staff_pin" jsonb
);
--> statement-breakpoint
CREATE TABLE "site" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "daily_count" (
	"organization_id" text NOT NULL,
	"day" text NOT NULL,
	"channel" text NOT NULL,
	"site_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"field_id" text NOT NULL,
	"officer_id" text NOT NULL,
	"version_id" text NOT NULL,
	"item_id" text NOT NULL,
	"counted" bigint NOT NULL,
	"n1" bigint NOT NULL,
	"n2" bigint NOT NULL,
	"n3" bigint NOT NULL,
	"n4" bigint NOT NULL,
	"n5" bigint NOT NULL,
	"not_applicable" bigint NOT NULL,
	"sheets" bigint NOT NULL,
	"r1" bigint DEFAULT 0 NOT NULL,
	"r2" bigint DEFAULT 0 NOT NULL,
	"r3" bigint DEFAULT 0 NOT NULL,
	"r4" bigint DEFAULT 0 NOT NULL,
	"r5" bigint DEFAULT 0 NOT NULL,
	"r_not_applicable" bigint DEFAULT 0 NOT NULL,
	"r_sheets" bigint DEFAULT 0 NOT NULL,
	"pending" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_count_key" PRIMARY KEY("organization_id","day","channel","site_id","counter_id","field_id","officer_id","version_id","item_id","counted")
);
--> statement-breakpoint
CREATE TABLE "folded_month" (
	"organization_id" text NOT NULL,
	"version_id" text NOT NULL,
	"month" text NOT NULL,
	CONSTRAINT "folded_month_key" PRIMARY KEY("organization_id","version_id","month")
);
--> statement-breakpoint
CREATE TABLE "monthly_count" (
	"organization_id" text NOT NULL,
	"version_id" text NOT NULL,
	"month" text NOT NULL,
	"channel" text NOT NULL,
	"site_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"field_id" text NOT NULL,
	"officer_id" text NOT NULL,
	"item_id" text NOT NULL,
	"n1" bigint NOT NULL,
	"n2" bigint NOT NULL,
	"n3" bigint NOT NULL,
	"n4" bigint NOT NULL,
	"n5" bigint NOT NULL,
	"not_applicable" bigint NOT NULL,
	"sheets" bigint NOT NULL,
	CONSTRAINT "monthly_count_key" PRIMARY KEY("organization_id","version_id","month","channel","site_id","counter_id","field_id","officer_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "released_count" (
	"organization_id" text NOT NULL,
	"version_id" text NOT NULL,
	"day" text NOT NULL,
	"channel" text NOT NULL,
	"site_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"field_id" text NOT NULL,
	"officer_id" text NOT NULL,
	"item_id" text NOT NULL,
	"n1" bigint NOT NULL,
	"n2" bigint NOT NULL,
	"n3" bigint NOT NULL,
	"n4" bigint NOT NULL,
	"n5" bigint NOT NULL,
	"not_applicable" bigint NOT NULL,
	"sheets" bigint NOT NULL,
	CONSTRAINT "released_count_key" PRIMARY KEY("organization_id","version_id","day","channel","site_id","counter_id","field_id","officer_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "intake_ledger" (
	"organization_id" text NOT NULL,
	"terminal_id" text NOT NULL,
	"sequence" bigint NOT NULL,
	"sheet_id" text NOT NULL,
	"replaces" text,
	"answered_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "intake_ledger_key" PRIMARY KEY("organization_id","terminal_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"organization_id" text NOT NULL,
	"id" text NOT NULL,
	"terminal_id" text NOT NULL,
	"code" text NOT NULL,
	"body" text NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "quarantine_key" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "sheet_comment" (
	"organization_id" text NOT NULL,
	"sheet_id" text NOT NULL,
	"comment" text NOT NULL,
	CONSTRAINT "sheet_comment_key" PRIMARY KEY("organization_id","sheet_id")
);
--> statement-breakpoint
CREATE TABLE "sheet" (
	"organization_id" text NOT NULL,
	"id" text NOT NULL,
	"day" text NOT NULL,
	"shift" text NOT NULL,
	"channel" text NOT NULL,
	"site_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"field_id" text NOT NULL,
	"officer_id" text NOT NULL,
	"version_id" text NOT NULL,
	"locale" text NOT NULL,
	"answers" text NOT NULL,
	"reasons" text NOT NULL,
	"digest" text NOT NULL,
	"flags" text NOT NULL,
	CONSTRAINT "sheet_key" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "sheet_day_is_a_day" CHECK (length("sheet"."day") = 10)
);
--> statement-breakpoint
CREATE TABLE "pairing" (
	"code" text PRIMARY KEY NOT NULL,
	"public_key" jsonb NOT NULL,
	"requested_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"terminal_id" text
);
--> statement-breakpoint
CREATE TABLE "terminal_sequence" (
	"terminal_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"ranges" jsonb NOT NULL,
	"forked_at" bigint,
	"quarantined" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "terminal" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"name" text NOT NULL,
	"public_key" jsonb NOT NULL,
	"profile" jsonb NOT NULL,
	"paired_at" bigint NOT NULL,
	"revoked_at" bigint,
	"last_seen_at" bigint,
	"heartbeat" jsonb
);
--> statement-breakpoint
CREATE INDEX "audit_line_organization_at" ON "audit_line" USING btree ("organization_id","at");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_account_login" ON "user_account" USING btree ("login");--> statement-breakpoint
CREATE INDEX "counter_organization" ON "counter" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "duty_counter_start" ON "duty" USING btree ("counter_id","starts_at");--> statement-breakpoint
CREATE INDEX "field_organization" ON "field" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "officer_organization" ON "officer" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "site_organization" ON "site" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "daily_count_pending" ON "daily_count" USING btree ("organization_id") WHERE pending = 1;--> statement-breakpoint
CREATE INDEX "quarantine_terminal" ON "quarantine" USING btree ("organization_id","terminal_id");--> statement-breakpoint
CREATE INDEX "terminal_organization" ON "terminal" USING btree ("organization_id");