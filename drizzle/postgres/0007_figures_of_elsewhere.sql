CREATE TABLE "published_figure" (
	"organization_id" text NOT NULL,
	"series_id" text NOT NULL,
	"place" bigint NOT NULL,
	"criterion" text NOT NULL,
	"unit" text NOT NULL,
	"value" bigint NOT NULL,
	"change" bigint,
	CONSTRAINT "published_figure_key" PRIMARY KEY("organization_id","series_id","place","criterion")
);
--> statement-breakpoint
CREATE TABLE "published_series" (
	"organization_id" text NOT NULL,
	"id" text NOT NULL,
	"year" bigint NOT NULL,
	"change_since" bigint,
	"method" text NOT NULL,
	"source" text NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" bigint NOT NULL,
	"removed_at" bigint,
	CONSTRAINT "published_series_key" PRIMARY KEY("organization_id","id")
);
