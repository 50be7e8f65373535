CREATE TABLE "dialogue_keyed" (
	"batch_id" text NOT NULL,
	"turn" bigint NOT NULL,
	"serial" bigint NOT NULL,
	"dialogue_id" text NOT NULL,
	"entry" text NOT NULL,
	"place" bigint NOT NULL,
	"choices" jsonb NOT NULL,
	CONSTRAINT "dialogue_keyed_key" PRIMARY KEY("batch_id","turn","serial")
);
--> statement-breakpoint
CREATE TABLE "dialogue_keying" (
	"batch_id" text NOT NULL,
	"turn" bigint NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"file_hash" text DEFAULT '' NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "dialogue_keying_key" PRIMARY KEY("batch_id","turn"),
	CONSTRAINT "dialogue_keying_turn_is_first_or_second" CHECK ("dialogue_keying"."turn" in (1, 2))
);
--> statement-breakpoint
CREATE TABLE "dialogue_batch" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"dialogue_id" text NOT NULL,
	"number" bigint NOT NULL,
	"hall" bigint NOT NULL,
	"counted" bigint NOT NULL,
	"counted_by" text NOT NULL,
	"aside" bigint DEFAULT 0 NOT NULL,
	"aside_reason" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL,
	"closed_at" bigint,
	"ballots" bigint DEFAULT 0 NOT NULL,
	"conflicts" jsonb
);
--> statement-breakpoint
CREATE TABLE "dialogue_paper_decision" (
	"batch_id" text NOT NULL,
	"kind" text NOT NULL,
	"serial" bigint NOT NULL,
	"seen" text NOT NULL,
	"choices" jsonb,
	"reason" text DEFAULT '' NOT NULL,
	"user_id" text NOT NULL,
	"decided_at" bigint NOT NULL,
	CONSTRAINT "dialogue_paper_decision_key" PRIMARY KEY("batch_id","kind","serial")
);
--> statement-breakpoint
CREATE INDEX "dialogue_keyed_serial" ON "dialogue_keyed" USING btree ("dialogue_id","serial");--> statement-breakpoint
CREATE UNIQUE INDEX "dialogue_keying_one_a_person" ON "dialogue_keying" USING btree ("batch_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "dialogue_batch_number" ON "dialogue_batch" USING btree ("dialogue_id","number");