CREATE TABLE "margin_count" (
	"organization_id" text NOT NULL,
	"version_id" text NOT NULL,
	"span" text NOT NULL,
	"side" text NOT NULL,
	"period" text NOT NULL,
	"place" text NOT NULL,
	"channel" text NOT NULL,
	"item_id" text NOT NULL,
	"only_officer" text NOT NULL,
	"n1" bigint NOT NULL,
	"n2" bigint NOT NULL,
	"n3" bigint NOT NULL,
	"n4" bigint NOT NULL,
	"n5" bigint NOT NULL,
	"not_applicable" bigint NOT NULL,
	"sheets" bigint NOT NULL,
	CONSTRAINT "margin_count_key" PRIMARY KEY("organization_id","version_id","span","side","period","place","channel","item_id")
);
--> statement-breakpoint
CREATE TABLE "settled_sheet" (
	"organization_id" text NOT NULL,
	"version_id" text NOT NULL,
	"day" text NOT NULL,
	"channel" text NOT NULL,
	"item_id" text NOT NULL,
	"counted" bigint NOT NULL,
	"sheets" bigint NOT NULL,
	CONSTRAINT "settled_sheet_key" PRIMARY KEY("organization_id","version_id","day","channel","item_id","counted")
);
--> statement-breakpoint
-- What was released until now, added up: days of all, months of every side.
INSERT INTO margin_count (organization_id, version_id, span, side, period, place, channel, item_id, only_officer,
	n1, n2, n3, n4, n5, not_applicable, sheets)
SELECT organization_id, version_id, 'day', 'all', day, '', channel, item_id,
	CASE WHEN min(officer_id) = max(officer_id) THEN min(officer_id) ELSE '' END,
	sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(not_applicable), sum(sheets)
FROM released_count
GROUP BY organization_id, version_id, day, channel, item_id;
--> statement-breakpoint
INSERT INTO margin_count (organization_id, version_id, span, side, period, place, channel, item_id, only_officer,
	n1, n2, n3, n4, n5, not_applicable, sheets)
SELECT organization_id, version_id, 'month', side, month, place, channel, item_id,
	CASE WHEN min(officer_id) = max(officer_id) THEN min(officer_id) ELSE '' END,
	sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(not_applicable), sum(sheets)
FROM (
	SELECT monthly_count.*, 'all' AS side, '' AS place FROM monthly_count
	UNION ALL SELECT monthly_count.*, 'site', site_id FROM monthly_count
	UNION ALL SELECT monthly_count.*, 'counter', counter_id FROM monthly_count
	UNION ALL SELECT monthly_count.*, 'field', field_id FROM monthly_count
	UNION ALL SELECT monthly_count.*, 'officer', officer_id FROM monthly_count
) AS by_side
GROUP BY organization_id, version_id, side, month, place, channel, item_id;
--> statement-breakpoint
-- Sheets that are released or taken out; what is neither is pending.
INSERT INTO settled_sheet (organization_id, version_id, day, channel, item_id, counted, sheets)
SELECT organization_id, version_id, day, channel, item_id, counted, sum(CASE WHEN counted = 1 THEN r_sheets ELSE sheets END)
FROM daily_count
WHERE item_id = '' OR item_id LIKE 'flag:%'
GROUP BY organization_id, version_id, day, channel, item_id, counted;
