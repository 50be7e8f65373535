-- Sheets that came before reasons were counted; they are released with the next block of their cut.
WITH RECURSIVE said(organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, counted, code, rest) AS (
	SELECT organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id,
		CASE WHEN ',' || flags || ',' LIKE '%,replaced,%' OR ',' || flags || ',' LIKE '%,forked,%' THEN 0 ELSE 1 END,
		'', reasons || ','
	FROM sheet WHERE reasons <> ''
	UNION ALL
	SELECT organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, counted,
		substr(rest, 1, instr(rest, ',') - 1), substr(rest, instr(rest, ',') + 1)
	FROM said WHERE rest <> ''
)
INSERT INTO daily_count (organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, item_id, counted,
	n1, n2, n3, n4, n5, not_applicable, sheets, pending)
SELECT organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, 'reason:' || code, counted,
	0, 0, 0, 0, 0, 0, count(*), counted
FROM said WHERE code NOT IN ('', 'X01')
GROUP BY organization_id, day, channel, site_id, counter_id, field_id, officer_id, version_id, code, counted;
