-- Recompute the tables beside this file from the published postings, lines, years, rules and extensions:
--   duckdb < verify.sql
-- Every row that differs is named: the table, the line and year, the step or measure, and both amounts. The script
-- stops where there are any. Open commitments and the names, areas and programmes of lines follow from nothing here.
CREATE TEMP TABLE posting AS SELECT line, CAST(year AS INTEGER) AS year, kind, flow, CAST(cents AS BIGINT) AS cents,
  CAST(origin AS INTEGER) AS origin, CAST(last_year AS INTEGER) AS last_year, source,
  CAST(decided_on AS DATE) AS decided_on, coalesce(in_budget = 'true', false) AS in_budget
  FROM read_csv($postings, header = true, all_varchar = true);
CREATE TEMP TABLE line AS SELECT line, CAST(year AS INTEGER) AS year, parent
  FROM read_csv($lines, header = true, all_varchar = true);
CREATE TEMP TABLE step AS SELECT line, CAST(year AS INTEGER) AS year, step, CAST(origin AS INTEGER) AS origin,
  CAST(last_year AS INTEGER) AS last_year, sum(CAST(cents AS BIGINT)) AS cents
  FROM read_csv($terms, header = true, all_varchar = true) GROUP BY ALL;
CREATE TEMP TABLE printed AS
  SELECT 'account' AS found, line, CAST(year AS INTEGER) AS year, * EXCLUDE (line, year, name, area)
    FROM read_csv($account, header = true, all_varchar = true, union_by_name = true)
  UNION ALL BY NAME
  SELECT 'available' AS found, line, CAST(year AS INTEGER) AS year, * EXCLUDE (line, year, name, area)
    FROM read_csv($available, header = true, all_varchar = true, union_by_name = true)
  UNION ALL BY NAME
  SELECT 'reserves' AS found, line, CAST(year AS INTEGER) AS year, * EXCLUDE (line, year, name, area)
    FROM read_csv($reserves, header = true, all_varchar = true, union_by_name = true);

-- What differs; and what differs because an adopted account stands as the council adopted it.
CREATE TEMP TABLE difference (found VARCHAR, line VARCHAR, year INTEGER, what VARCHAR, origin INTEGER,
  last_year INTEGER, published VARCHAR, recomputed VARCHAR);
CREATE TEMP TABLE not_recomputed AS FROM difference;

$term
-- What each line holds itself.
CREATE TEMP TABLE own AS SELECT line.line, line.year,
$posted
  FROM line LEFT JOIN posting USING (line, year) GROUP BY ALL;

-- Each line with all lines below it, and every line below the whole.
CREATE TEMP TABLE below AS WITH RECURSIVE under(top, line, year) AS (
  SELECT line, line, year FROM line
  UNION ALL SELECT under.top, line.line, line.year FROM under JOIN line
    ON line.parent = under.line AND line.year = under.year)
  SELECT * FROM under UNION ALL SELECT 'total', line, year FROM line;

-- Every measure of every line with what is below it. A line whose term runs above it has no amounts of a term.
CREATE TEMP TABLE whole AS SELECT top AS line, year, $sums FROM below JOIN own USING (line, year) GROUP BY ALL;
CREATE TEMP TABLE term AS SELECT top AS line, below.year, step, coalesce(sum(step.cents), 0) AS cents
  FROM below JOIN step ON step.line = below.line AND step.year = below.year GROUP BY ALL;
CREATE TEMP TABLE settled AS SELECT DISTINCT line, year FROM term
  UNION SELECT 'total', year FROM line;
CREATE TEMP TABLE moved AS SELECT DISTINCT year FROM own WHERE $moved;
CREATE TEMP TABLE measured AS
  SELECT w.line, w.year, unnest([
$amounts], recursive := true) FROM whole w
  -- Lines have figures of reserves in a year in which anything moved into or out of one.
  UNION ALL SELECT w.line, w.year, unnest([
$movements], recursive := true) FROM whole w
    WHERE w.line = 'total' OR w.year IN (FROM moved)
  UNION ALL SELECT s.line, s.year, m.measure, coalesce(t.cents, 0)
    FROM settled s CROSS JOIN (VALUES $steps) m(measure)
    LEFT JOIN term t ON t.line = s.line AND t.year = s.year AND t.step = m.measure
  UNION ALL SELECT s.line, s.year, 'outside', coalesce(t.cents, 0) - w.brought_in
    FROM settled s JOIN whole w USING (line, year)
    LEFT JOIN (SELECT line, year, sum(cents) AS cents FROM term WHERE step = 'opening' GROUP BY ALL) t
      ON t.line = s.line AND t.year = s.year;

-- Each cell of the tables in cents, and as it is printed: one of the two whole units beside its cents.
CREATE TEMP TABLE cell AS SELECT found, line, year, measure, CAST(value AS BIGINT) AS value FROM (
  UNPIVOT printed ON COLUMNS(* EXCLUDE (found, line, year)) INTO NAME measure VALUE value);
INSERT INTO difference SELECT coalesce(c.found, m.found), coalesce(c.line, m.line), coalesce(c.year, m.year),
  coalesce(c.measure, m.measure || '_cents'), NULL, NULL, c.value, m.cents
  FROM (FROM cell WHERE measure LIKE '%_cents') c
  FULL JOIN (SELECT * FROM measured, (SELECT DISTINCT found, measure AS shown, year AS shown_in FROM cell)
             WHERE shown = measure || '_cents' AND shown_in = year) m
    ON m.found = c.found AND m.line = c.line AND m.year = c.year AND m.measure || '_cents' = c.measure
  WHERE c.value IS DISTINCT FROM m.cents;
INSERT INTO difference SELECT c.found, c.line, c.year, c.measure, NULL, NULL, c.value, format('{} cents', m.cents)
  FROM cell c JOIN measured m USING (line, year, measure) WHERE abs(c.value * $unit - m.cents) >= $unit;
INSERT INTO difference SELECT found, line, year, 'result', NULL, NULL, max(value) FILTER (measure = 'result'),
  max(value) FILTER (measure = 'budget') - max(value) FILTER (measure = 'realised') AS recomputed
  FROM cell WHERE found = 'account' AND measure IN ('budget', 'realised', 'result') GROUP BY ALL
  HAVING (count(*) FILTER (measure = 'result') = 1) <> (count(*) FILTER (measure <> 'result') = 2)
    OR max(value) FILTER (measure = 'result') <> recomputed;
-- Where nothing was delivered a column is empty: that is unknown. Where there are rows it is not.
INSERT INTO difference SELECT p.found, p.line, p.year, n.measure, NULL, NULL, NULL, format('{} rows', n.rows)
  FROM printed p JOIN (SELECT year, CASE kind WHEN 'adopted' THEN 'budget' ELSE kind END AS measure, count(*) AS rows
                       FROM posting WHERE kind IN ('adopted', 'realised') AND flow IN ('costs', 'income') GROUP BY ALL) n
    ON n.year = p.year
  WHERE p.found IN ('account', 'available') AND NOT EXISTS (SELECT 1 FROM cell c
    WHERE c.found = p.found AND c.line = p.line AND c.year = p.year AND c.measure = n.measure);

FROM not_recomputed ORDER BY ALL;
FROM difference ORDER BY ALL;
CREATE TEMP MACRO named(d) AS concat_ws(' ', d.found, d.line, d.year, d.what, d.origin,
  'published', coalesce(d.published, 'nothing'), 'recomputed', coalesce(d.recomputed, 'nothing'));
SELECT CASE WHEN count(*) > 0 THEN error(format('{} rows differ: {}', count(*),
    array_to_string(list(named(d) ORDER BY named(d))[:8], '; ')))
  ELSE 'all is well' || (SELECT CASE WHEN count(*) > 0 THEN format(
    '; {} rows not recomputed, an adopted account stands: {}', count(*),
    array_to_string(list(named(n) ORDER BY named(n))[:8], '; ')) ELSE '' END FROM not_recomputed n)
  END AS verdict FROM difference d;
