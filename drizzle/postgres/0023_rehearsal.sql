CREATE TABLE "dialogue_rehearsal" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"dialogue_id" text NOT NULL,
	"trial_dialogue_id" text NOT NULL,
	"phones" bigint NOT NULL,
	"state" text NOT NULL,
	"step" text NOT NULL,
	"started_at" bigint NOT NULL,
	"heard_at" bigint NOT NULL,
	"ended_at" bigint,
	"result" jsonb
);
--> statement-breakpoint
CREATE INDEX "dialogue_rehearsal_of" ON "dialogue_rehearsal" USING btree ("dialogue_id");