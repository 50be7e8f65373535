CREATE TABLE "dialogue_hall_pack" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"dialogue_id" text NOT NULL,
	"side" text NOT NULL,
	"hall" bigint NOT NULL,
	"round_ids" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"merged_at" bigint,
	"merged" jsonb,
	"dropped_at" bigint,
	"dropped_why" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE INDEX "dialogue_hall_pack_of" ON "dialogue_hall_pack" USING btree ("dialogue_id");