-- Months were added up only once they were over; from here on they are kept with every release, the one that runs too.
DELETE FROM monthly_count;
--> statement-breakpoint
INSERT INTO monthly_count (organization_id, version_id, month, channel, site_id, counter_id, field_id, officer_id, item_id,
	n1, n2, n3, n4, n5, not_applicable, sheets)
SELECT organization_id, version_id, substr(day, 1, 7), channel, site_id, counter_id, field_id, officer_id, item_id,
	sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(not_applicable), sum(sheets)
FROM released_count
GROUP BY organization_id, version_id, substr(day, 1, 7), channel, site_id, counter_id, field_id, officer_id, item_id;
--> statement-breakpoint
DROP TABLE "folded_month" CASCADE;
