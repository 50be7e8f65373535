CREATE TABLE "criterion_target" (
	"organization_id" text NOT NULL,
	"number" bigint NOT NULL,
	"year" bigint NOT NULL,
	"criterion" text NOT NULL,
	"value" bigint,
	"set_by" text NOT NULL,
	"set_at" bigint NOT NULL,
	CONSTRAINT "criterion_target_key" PRIMARY KEY("organization_id","number")
);
--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "predecessors" jsonb;