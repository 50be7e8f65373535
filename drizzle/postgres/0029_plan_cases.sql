CREATE TABLE "plan_case" (
	"organization_id" text NOT NULL,
	"task_id" text NOT NULL,
	"case_id" text NOT NULL,
	"linked_at" bigint NOT NULL,
	"linked_by" text NOT NULL,
	CONSTRAINT "plan_case_key" PRIMARY KEY("organization_id","task_id","case_id")
);
--> statement-breakpoint
CREATE INDEX "plan_case_of" ON "plan_case" USING btree ("organization_id","case_id");