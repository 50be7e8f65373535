CREATE TABLE "answer_file" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"file_name" text NOT NULL,
	"content" text NOT NULL,
	"mapping" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL,
	"applied_at" bigint
);
--> statement-breakpoint
CREATE TABLE "api_key" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"key_hash" text NOT NULL,
	"shows" text NOT NULL,
	"created_at" bigint NOT NULL,
	"used_at" bigint,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "citizen_request" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"sealed" text NOT NULL,
	"day" text NOT NULL,
	"state" text NOT NULL,
	"done_at" bigint
);
--> statement-breakpoint
CREATE TABLE "collector" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"site_id" text DEFAULT '' NOT NULL,
	"counter_id" text DEFAULT '' NOT NULL,
	"field_id" text DEFAULT '' NOT NULL,
	"officer_id" text DEFAULT '' NOT NULL,
	"version_id" text,
	"created_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "questionnaire_version" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"questionnaire_id" text NOT NULL,
	"number" bigint NOT NULL,
	"state" text NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"continues_trend" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"published_at" bigint,
	"retired_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sheet_band" (
	"organization_id" text NOT NULL,
	"sheet_id" text NOT NULL,
	"bands" text NOT NULL,
	CONSTRAINT "sheet_band_key" PRIMARY KEY("organization_id","sheet_id")
);
--> statement-breakpoint
CREATE TABLE "survey_draft" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"answers" jsonb NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ticket_batch" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"made" bigint NOT NULL,
	"counter_id" text NOT NULL,
	"field_id" text DEFAULT '' NOT NULL,
	"officer_id" text DEFAULT '' NOT NULL,
	"version_id" text NOT NULL,
	"expires_on" text NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"voided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "ticket" (
	"hash" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"state" text NOT NULL,
	"site_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"field_id" text NOT NULL,
	"officer_id" text NOT NULL,
	"version_id" text NOT NULL,
	"day" text NOT NULL,
	"shift" text NOT NULL,
	"expires_on" text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_hash" ON "api_key" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "api_key_organization" ON "api_key" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "citizen_request_open" ON "citizen_request" USING btree ("organization_id") WHERE state = 'new';--> statement-breakpoint
CREATE UNIQUE INDEX "collector_code" ON "collector" USING btree ("code");--> statement-breakpoint
CREATE INDEX "collector_organization" ON "collector" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "questionnaire_version_number" ON "questionnaire_version" USING btree ("organization_id","questionnaire_id","number");--> statement-breakpoint
CREATE INDEX "survey_draft_changed" ON "survey_draft" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "ticket_batch_organization" ON "ticket_batch" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "ticket_batch_of" ON "ticket" USING btree ("batch_id","state");--> statement-breakpoint
CREATE INDEX "ticket_expiry" ON "ticket" USING btree ("expires_on");--> statement-breakpoint
CREATE FUNCTION questionnaire_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF old.state <> 'draft' AND (TG_OP = 'DELETE' OR new.content <> old.content OR new.id <> old.id OR new.number <> old.number
		OR new.continues_trend <> old.continues_trend OR new.state = 'draft') THEN
		RAISE EXCEPTION 'a published questionnaire never changes';
	END IF;
	IF TG_OP = 'DELETE' THEN RETURN old; END IF;
	RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER questionnaire_version_stays BEFORE UPDATE OR DELETE ON questionnaire_version FOR EACH ROW EXECUTE FUNCTION questionnaire_version_stays();
