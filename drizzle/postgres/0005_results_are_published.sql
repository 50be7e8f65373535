CREATE TABLE "improvement" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"criterion" text,
	"text" text NOT NULL,
	"day" text NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"withdrawn_at" bigint
);
--> statement-breakpoint
CREATE TABLE "publication" (
	"organization_id" text NOT NULL,
	"audience" text NOT NULL,
	"first_day" text NOT NULL,
	"last_day" text NOT NULL,
	"revision" bigint NOT NULL,
	"published_at" bigint NOT NULL,
	"content" text NOT NULL,
	CONSTRAINT "publication_key" PRIMARY KEY("organization_id","audience","first_day","last_day","revision")
);
--> statement-breakpoint
CREATE INDEX "improvement_organization" ON "improvement" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE FUNCTION publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'what was published is never changed or deleted';
END $$;
--> statement-breakpoint
CREATE TRIGGER publication_stays BEFORE UPDATE OR DELETE ON publication FOR EACH ROW EXECUTE FUNCTION publication_stays();
