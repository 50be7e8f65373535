CREATE TABLE "served_count" (
	"organization_id" text NOT NULL,
	"day" text NOT NULL,
	"counter_id" text NOT NULL,
	"officer_id" text NOT NULL,
	"served" bigint NOT NULL,
	CONSTRAINT "served_count_key" PRIMARY KEY("organization_id","day","counter_id","officer_id")
);
