CREATE TABLE "comment_batch" (
	"organization_id" text NOT NULL,
	"id" text NOT NULL,
	"audience" text NOT NULL,
	"week" text NOT NULL,
	"site_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"field_id" text NOT NULL,
	"officer_id" text NOT NULL,
	CONSTRAINT "comment_batch_key" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "comment_week" (
	"organization_id" text NOT NULL,
	"week" text NOT NULL,
	CONSTRAINT "comment_week_key" PRIMARY KEY("organization_id","week")
);
--> statement-breakpoint
CREATE TABLE "comment" (
	"organization_id" text NOT NULL,
	"id" text NOT NULL,
	"sheet_id" text,
	"taken_in" text NOT NULL,
	"state" text NOT NULL,
	"text" text NOT NULL,
	"topic" text NOT NULL,
	"to_head" boolean NOT NULL,
	"reason" text NOT NULL,
	"waited" bigint NOT NULL,
	"decided_by" text,
	"decided_at" bigint,
	"leaders_batch" text NOT NULL,
	"officers_batch" text NOT NULL,
	CONSTRAINT "comment_key" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "released_comment" (
	"organization_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"id" text NOT NULL,
	"text" text NOT NULL,
	"topic" text NOT NULL,
	"to_head" boolean NOT NULL,
	"taken_down_at" bigint,
	CONSTRAINT "released_comment_key" PRIMARY KEY("organization_id","batch_id","id")
);
--> statement-breakpoint
CREATE INDEX "comment_batch_week" ON "comment_batch" USING btree ("organization_id","audience","week");--> statement-breakpoint
CREATE UNIQUE INDEX "comment_sheet" ON "comment" USING btree ("organization_id","sheet_id");
--> statement-breakpoint
CREATE FUNCTION released_comments_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'released comments are never changed or deleted';
END $$;
--> statement-breakpoint
CREATE TRIGGER comment_batch_stays BEFORE UPDATE OR DELETE ON comment_batch FOR EACH ROW EXECUTE FUNCTION released_comments_stay();
--> statement-breakpoint
CREATE TRIGGER released_comment_stays BEFORE DELETE ON released_comment FOR EACH ROW EXECUTE FUNCTION released_comments_stay();
--> statement-breakpoint
CREATE TRIGGER released_comment_stays_as_it_is BEFORE UPDATE ON released_comment FOR EACH ROW
WHEN (NOT (new.text IN (old.text, '') AND new.topic = old.topic AND new.to_head = old.to_head AND new.id = old.id
	AND new.batch_id = old.batch_id AND new.organization_id = old.organization_id))
EXECUTE FUNCTION released_comments_stay();
