CREATE TABLE "answer_template" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "case_file" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"case_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"content" text NOT NULL,
	"added_by" text NOT NULL,
	"added_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_setting" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"forward_hours" bigint NOT NULL,
	"answer_days" bigint NOT NULL,
	"limit_days" bigint NOT NULL,
	"publish_days" bigint NOT NULL,
	"from_sheets" boolean NOT NULL,
	"from_sheets_since" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citizen_case_step" (
	"case_id" text NOT NULL,
	"version" bigint NOT NULL,
	"organization_id" text NOT NULL,
	"deed" text NOT NULL,
	"state" text NOT NULL,
	"actor_id" text NOT NULL,
	"text" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "citizen_case_step_key" PRIMARY KEY("case_id","version")
);
--> statement-breakpoint
CREATE TABLE "citizen_case" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"year" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"source" text NOT NULL,
	"source_id" text NOT NULL,
	"follow_mark" text NOT NULL,
	"class" text NOT NULL,
	"to_head" boolean NOT NULL,
	"criterion" text NOT NULL,
	"site_id" text NOT NULL,
	"counter_id" text NOT NULL,
	"field_id" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"version" bigint NOT NULL,
	"unit" text NOT NULL,
	"assignee_id" text NOT NULL,
	"answer" text NOT NULL,
	"public_question" text NOT NULL,
	"public_answer" text NOT NULL,
	"refusal" text NOT NULL,
	"kept_private" boolean NOT NULL,
	"rating" bigint,
	"reopened" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"started_at" bigint NOT NULL,
	"forwarded_at" bigint,
	"answered_at" bigint,
	"published_at" bigint,
	"pauses" jsonb NOT NULL,
	"forward_hours" bigint NOT NULL,
	"answer_days" bigint NOT NULL,
	"limit_days" bigint NOT NULL,
	"publish_days" bigint NOT NULL,
	"told_of" text NOT NULL,
	CONSTRAINT "citizen_case_text_is_short" CHECK (length("citizen_case"."text") <= 4000)
);
--> statement-breakpoint
CREATE INDEX "answer_template_of" ON "answer_template" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "case_file_of" ON "case_file" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "citizen_case_number" ON "citizen_case" USING btree ("organization_id","year","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "citizen_case_of" ON "citizen_case" USING btree ("organization_id","source","source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "citizen_case_follow" ON "citizen_case" USING btree ("follow_mark");--> statement-breakpoint
CREATE INDEX "citizen_case_in" ON "citizen_case" USING btree ("organization_id","state");--> statement-breakpoint
CREATE INDEX "citizen_case_by" ON "citizen_case" USING btree ("assignee_id");