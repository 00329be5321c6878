-- Recompute the tables beside this file from the published postings: duckdb < verify.sql
-- Each check counts the rows that differ. The script stops where that is not zero.
CREATE TEMP TABLE posting AS SELECT line, CAST(year AS INTEGER) AS year, kind, flow,
  CAST(cents AS BIGINT) AS cents, coalesce(in_budget = 'true', false) AS in_budget
  FROM read_csv($postings, header = true, all_varchar = true);
CREATE TEMP TABLE line AS SELECT line, CAST(year AS INTEGER) AS year, parent
  FROM read_csv($lines, header = true, all_varchar = true);
CREATE TEMP TABLE account AS SELECT * FROM read_csv($account, header = true, all_varchar = true, union_by_name = true);
CREATE TEMP TABLE available AS SELECT * FROM read_csv($available, header = true, all_varchar = true,
  union_by_name = true);
CREATE TEMP TABLE step AS SELECT line, CAST(year AS INTEGER) AS year, step, sum(CAST(cents AS HUGEINT)) AS cents
  FROM read_csv($terms, header = true, all_varchar = true) GROUP BY ALL;

-- What each line holds itself.
CREATE TEMP TABLE own AS SELECT line.line, line.year,
$posted
  FROM line LEFT JOIN posting USING (line, year) GROUP BY ALL;

-- Each line with all lines below it; and, for the term, up to the next line that has a term of its own.
CREATE TEMP TABLE below AS WITH RECURSIVE under(top, line, year) AS (
  SELECT line, line, year FROM line
  UNION ALL SELECT under.top, line.line, line.year FROM under JOIN line
    ON line.parent = under.line AND line.year = under.year)
  SELECT * FROM under;
CREATE TEMP TABLE folded AS WITH RECURSIVE under(top, line, year) AS (
  SELECT DISTINCT line, line, year FROM step
  UNION ALL SELECT under.top, line.line, line.year FROM under JOIN line
    ON line.parent = under.line AND line.year = under.year
    WHERE (line.line, line.year) NOT IN (SELECT DISTINCT line, year FROM step))
  SELECT * FROM under;

-- Every line with what is below it, and the whole.
CREATE TEMP TABLE whole AS
  SELECT top AS line, year, $sums FROM below JOIN own USING (line, year) GROUP BY ALL
  UNION ALL SELECT 'total', year, $sums FROM own GROUP BY year;
CREATE TEMP TABLE term AS
  SELECT top AS line, step.year, step, sum(cents) AS cents FROM below JOIN step
    ON step.line = below.line AND step.year = below.year GROUP BY ALL
  UNION ALL SELECT 'total', year, step, sum(cents) FROM step GROUP BY ALL;
CREATE TEMP TABLE wide AS SELECT w.line, w.year,
  adopted + amended + brought_in - moved_out AS budget, costs - income AS realised, moved_out, brought_in,
  coalesce((SELECT cents FROM term t WHERE t.line = w.line AND t.year = w.year AND step = 'opening'), 0) AS opening,
  coalesce((SELECT cents FROM term t WHERE t.line = w.line AND t.year = w.year AND step = 'released'), 0) AS released,
  coalesce((SELECT cents FROM term t WHERE t.line = w.line AND t.year = w.year AND step = 'shortfall'), 0) AS shortfall,
  coalesce((SELECT cents FROM term t WHERE t.line = w.line AND t.year = w.year AND step = 'closing'), 0) AS closing
  FROM whole w;

CREATE TEMP TABLE difference AS
  SELECT 'account' AS found, a.line, a.year FROM account a LEFT JOIN wide w
    ON w.line = a.line AND w.year = CAST(a.year AS INTEGER)
    WHERE w.line IS NULL OR CAST(a.budget_cents AS HUGEINT) <> w.budget
       OR CAST(a.realised_cents AS HUGEINT) <> w.realised OR CAST(a.result_cents AS HUGEINT) <> w.budget - w.realised
  UNION ALL SELECT 'available', a.line, a.year FROM available a LEFT JOIN wide w
    ON w.line = a.line AND w.year = CAST(a.year AS INTEGER)
    WHERE w.line IS NULL OR CAST(a.budget_cents AS HUGEINT) <> w.budget
       OR CAST(a.realised_cents AS HUGEINT) <> w.realised
       OR CAST(a.outside_cents AS HUGEINT) <> w.opening - w.brought_in
       OR CAST(a.released_cents AS HUGEINT) <> w.released OR CAST(a.shortfall_cents AS HUGEINT) <> w.shortfall
       OR CAST(a.closing_cents AS HUGEINT) <> w.closing;

-- The steps of the term meet, line by line.
CREATE TEMP TABLE steps AS SELECT line, year,
  sum(cents) FILTER (step IN ('opening', 'allocated', 'shortfall')) AS comes,
  sum(cents) FILTER (step IN ('realised', 'closing', 'released')) AS goes,
  coalesce(sum(cents) FILTER (step IN ('spent', 'shortfall')), 0) AS used,
  greatest(sum(cents) FILTER (step = 'realised'), 0)
    + coalesce(sum(cents) FILTER (step = 'withdrawn_beyond'), 0) AS asked,
  sum(cents) FILTER (step = 'realised') - coalesce(sum(cents) FILTER (step = 'general'), 0) AS realised,
  sum(cents) FILTER (step = 'moved_out') AS moved_out
  FROM step GROUP BY ALL;
INSERT INTO difference SELECT 'term', t.line, t.year FROM steps t
  WHERE comes <> goes OR used <> asked
     OR realised <> (SELECT sum(own.costs - own.income) FROM folded f JOIN own USING (line, year)
                     WHERE f.top = t.line AND f.year = t.year)
     OR moved_out <> (SELECT coalesce(sum(own.moved_out), 0) FROM folded f JOIN own USING (line, year)
                     WHERE f.top = t.line AND f.year = t.year);

SELECT found, line, year FROM difference ORDER BY ALL;
SELECT CASE WHEN count(*) > 0 THEN error(format('{} rows differ', count(*))) ELSE 'all is well' END AS verdict
  FROM difference;
