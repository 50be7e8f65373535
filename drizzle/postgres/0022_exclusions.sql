CREATE TABLE "exclusion" (
	"organization_id" text NOT NULL,
	"id" text NOT NULL,
	"site_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"channel" text NOT NULL,
	"from_day" text NOT NULL,
	"until_day" text NOT NULL,
	"shift" text NOT NULL,
	"flag" text NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" bigint NOT NULL,
	"decided_by" text,
	"decided_at" bigint,
	"answer" text DEFAULT '' NOT NULL,
	"lifted_by" text,
	"lifted_at" bigint,
	"moved" bigint DEFAULT 0 NOT NULL,
	"seen" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "exclusion_key" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE INDEX "exclusion_state" ON "exclusion" USING btree ("state");