CREATE TABLE "dialogue_slip_run" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"dialogue_id" text NOT NULL,
	"hall" bigint NOT NULL,
	"first" bigint NOT NULL,
	"count" bigint NOT NULL,
	"ballots" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"voided_at" bigint
);
--> statement-breakpoint
CREATE INDEX "dialogue_slip_run_of" ON "dialogue_slip_run" USING btree ("dialogue_id");