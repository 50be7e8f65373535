ALTER TABLE "dialogue" ADD COLUMN "outcome" jsonb;--> statement-breakpoint
ALTER TABLE "dialogue_round" ADD COLUMN "outcome" jsonb;--> statement-breakpoint
ALTER TABLE "dialogue_round" ADD COLUMN "corrects_why" text DEFAULT '' NOT NULL;