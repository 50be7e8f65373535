CREATE TABLE "dialogue_ballot" (
	"organization_id" text NOT NULL,
	"round_id" text NOT NULL,
	"voter" text NOT NULL,
	"id" text NOT NULL,
	"turn" bigint NOT NULL,
	"channel" text NOT NULL,
	"hall" bigint NOT NULL,
	"level" text NOT NULL,
	"suspect" boolean NOT NULL,
	"choice" text NOT NULL,
	"batch_id" text NOT NULL,
	CONSTRAINT "dialogue_ballot_key" PRIMARY KEY("organization_id","round_id","voter"),
	CONSTRAINT "dialogue_ballot_choice_is_short" CHECK (length("dialogue_ballot"."choice") <= 100)
);
--> statement-breakpoint
CREATE TABLE "dialogue" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"room" text NOT NULL,
	"title" text NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"day" text NOT NULL,
	"time" text DEFAULT '' NOT NULL,
	"stream_url" text DEFAULT '' NOT NULL,
	"halls" jsonb NOT NULL,
	"hall_proof" text NOT NULL,
	"rehearsal" boolean DEFAULT false NOT NULL,
	"state" text NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"hidden" boolean DEFAULT false NOT NULL,
	"round_id" text,
	"stream_delay_ms" bigint DEFAULT 0 NOT NULL,
	"questions_open" boolean DEFAULT false NOT NULL,
	"questions_version" bigint DEFAULT 0 NOT NULL,
	"sealed_secret" text,
	"created_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "dialogue_display" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"dialogue_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"hall" bigint DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "dialogue_round" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"dialogue_id" text NOT NULL,
	"position" bigint NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"options" jsonb NOT NULL,
	"most" bigint DEFAULT 1 NOT NULL,
	"criterion" text,
	"version_id" text,
	"items" bigint DEFAULT 0 NOT NULL,
	"changeable" boolean DEFAULT true NOT NULL,
	"on_paper" boolean DEFAULT true NOT NULL,
	"phase" text NOT NULL,
	"opened_at" bigint,
	"closes_at" bigint,
	"stream_closes_at" bigint,
	"revealed" boolean DEFAULT false NOT NULL,
	"result" jsonb,
	"corrects" text
);
--> statement-breakpoint
CREATE TABLE "dialogue_slip" (
	"dialogue_id" text NOT NULL,
	"serial" bigint NOT NULL,
	"organization_id" text NOT NULL,
	"mark" text NOT NULL,
	"hall" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "dialogue_slip_key" PRIMARY KEY("dialogue_id","serial")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "dialogue_room" ON "dialogue" USING btree ("room");--> statement-breakpoint
CREATE INDEX "dialogue_organization" ON "dialogue" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "dialogue_display_of" ON "dialogue_display" USING btree ("dialogue_id");--> statement-breakpoint
CREATE INDEX "dialogue_round_of" ON "dialogue_round" USING btree ("dialogue_id");--> statement-breakpoint
CREATE UNIQUE INDEX "dialogue_slip_mark" ON "dialogue_slip" USING btree ("mark");