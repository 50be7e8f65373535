-- Sheets that came before reasons were counted; they are released with the next block of their cut.
INSERT INTO daily_count (organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, item_id, counted,
	n1, n2, n3, n4, n5, not_applicable, sheets, pending)
SELECT organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, 'reason:' || code, counted,
	0, 0, 0, 0, 0, 0, count(*), counted
FROM (
	SELECT *, regexp_split_to_table(reasons, ',') AS code,
		CASE WHEN ',' || flags || ',' LIKE '%,replaced,%' OR ',' || flags || ',' LIKE '%,forked,%' THEN 0 ELSE 1 END AS counted
	FROM sheet WHERE reasons <> ''
) AS said
WHERE code NOT IN ('', 'X01')
GROUP BY organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, code, counted;
