ALTER TABLE "dialogue" ADD COLUMN "delay_measure" jsonb;--> statement-breakpoint
ALTER TABLE "dialogue" ADD COLUMN "overlay_layout" text DEFAULT 'lower' NOT NULL;