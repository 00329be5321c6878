-- The spending term, done again. An opening must follow from the closing that is published for the year before; all
-- else must follow from the opening that is published. Each year being checked so, the whole follows from the postings.
CREATE TEMP TABLE year AS SELECT CAST(year AS INTEGER) AS year, state IN ('closed', 'adopted') AS closed,
  carry_over_decided = 'true' AS decided, opens_as_adopted = 'true' AS as_adopted
  FROM read_csv($years, header = true, all_varchar = true);
CREATE TEMP TABLE rule AS SELECT CAST(from_year AS INTEGER) AS from_year, CAST(years AS INTEGER) AS years,
  expiry = 'keep-committed' AS keeps, income = 'general' AS general, term_at = 'parent' AS folds
  FROM read_csv($rules, header = true, all_varchar = true);
CREATE TEMP TABLE extension AS SELECT CAST(year AS INTEGER) AS year, CAST("order" AS INTEGER) AS "order", line,
  CAST(origin AS INTEGER) AS origin, CAST(last_year AS INTEGER) AS last_year, CAST(cents AS BIGINT) AS cents
  FROM read_csv($extensions, header = true, all_varchar = true);

-- The rule for money of each year: the newest that starts no later; the first before that.
CREATE TEMP TABLE ruled AS SELECT y.year, r.* EXCLUDE (from_year, years), least(y.year + r.years, 9999) - 1 AS last_year
  FROM (SELECT year FROM year UNION SELECT origin FROM posting WHERE origin IS NOT NULL
        UNION SELECT origin FROM step WHERE origin IS NOT NULL) y
  JOIN rule r ON r.from_year = coalesce((SELECT max(from_year) FROM rule WHERE from_year <= y.year),
                                        (SELECT min(from_year) FROM rule));

-- Where the term of each line runs: on the line itself, or on the line at the top of its branch.
CREATE TEMP TABLE runs AS WITH RECURSIVE up(line, year, at_line, folds) AS (
  SELECT line, year, line, folds FROM line JOIN ruled USING (year)
  UNION ALL SELECT up.line, up.year, line.parent, folds FROM up JOIN line
    ON line.line = up.at_line AND line.year = up.year WHERE folds AND line.parent IS NOT NULL)
  SELECT up.* FROM up JOIN line ON line.line = up.at_line AND line.year = up.year
    WHERE NOT folds OR line.parent IS NULL;

-- What was given to each term, and used. Reserve movements count nowhere.
CREATE TEMP TABLE given AS SELECT at_line AS line, runs.year, max(ruled.last_year) AS last_year,
  coalesce(sum(cents) FILTER (kind IN ('adopted', 'amendment') AND (NOT general OR flow = 'costs')), 0) AS allocated,
  coalesce(sum(cents) FILTER (kind = 'realised' AND (NOT general OR flow = 'costs')), 0) AS realised,
  coalesce(-sum(cents) FILTER (kind IN ('carry_over', 'opening') AND cents < 0), 0) AS moved_out,
  coalesce(sum(cents) FILTER (kind IN ('commitment', 'order', 'grant')), 0) AS committed,
  coalesce(sum(CASE kind WHEN 'realised' THEN -cents ELSE cents END)
    FILTER (kind IN ('adopted', 'amendment', 'realised') AND general AND flow = 'income'), 0) AS general
  FROM runs JOIN ruled USING (year) LEFT JOIN posting
    ON posting.line = runs.line AND posting.year = runs.year AND flow IN ('costs', 'income')
  GROUP BY ALL;

-- Opening. What was left of the year before and may still be spent, where it stands now.
CREATE TEMP TABLE before AS SELECT at_line AS line, runs.year, origin, last_year, sum(cents) AS cents
  FROM step JOIN runs ON runs.line = step.line AND runs.year = step.year + 1 WHERE step = 'closing' GROUP BY ALL;
-- Each carry-over into a year: at which term it arrives, and from which it comes (none: the line no longer stands).
CREATE TEMP TABLE carried AS SELECT p.*, here.at_line AS at_line,
  CASE WHEN source IS NULL THEN here.at_line ELSE there.at_line END AS from_line
  FROM posting p JOIN runs here USING (line, year) LEFT JOIN runs there ON there.line = p.source AND there.year = p.year
  WHERE kind = 'carry_over' AND cents > 0;
CREATE TEMP TABLE decided AS SELECT given.line, given.year, year.decided OR EXISTS (FROM carried c
    WHERE c.at_line = given.line AND c.from_line = given.line AND c.year = given.year
    AND c.decided_on >= make_date(c.year, 1, 1)) AS decided
  FROM given JOIN year USING (year);
-- Decided: what the council carries, from the part that lasts longest. Else all but what others took over.
CREATE TEMP TABLE asked AS SELECT from_line AS line, year, origin,
  coalesce(sum(cents) FILTER (at_line = from_line), 0) AS own,
  coalesce(sum(cents) FILTER (at_line <> from_line), 0) AS handed
  FROM carried WHERE from_line IS NOT NULL GROUP BY ALL;
CREATE TEMP TABLE kept AS SELECT b.line, b.year, b.origin, b.last_year,
  CASE WHEN decided
    THEN greatest(0, least(b.cents, coalesce(own, 0) - coalesce(sum(b.cents) OVER longest, 0)))
    ELSE b.cents - greatest(0, least(b.cents, coalesce(handed, 0) - coalesce(sum(b.cents) OVER first, 0))) END AS cents
  FROM before b JOIN decided USING (line, year) LEFT JOIN asked USING (line, year, origin) WHERE b.last_year >= b.year
  WINDOW longest AS (PARTITION BY b.line, b.year, b.origin ORDER BY b.last_year DESC
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
         first AS (PARTITION BY b.line, b.year, b.origin ORDER BY b.last_year
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);
-- A predecessor's money keeps its origin, and its last year unless the decision gives another.
CREATE TEMP TABLE arrived AS
  SELECT c.at_line AS line, c.year, c.origin, greatest(c.year, coalesce(c.last_year, (SELECT max(s.last_year) FROM step s
      WHERE s.step = 'closing' AND s.line = c.source AND s.year = c.year - 1 AND s.origin = c.origin),
    r.last_year)) AS last_year, c.cents
    FROM carried c JOIN ruled r ON r.year = c.origin WHERE c.from_line IS DISTINCT FROM c.at_line
  UNION ALL SELECT at_line, p.year, p.origin, coalesce(p.last_year, r.last_year), p.cents
    FROM posting p JOIN runs USING (line, year) JOIN ruled r ON r.year = p.origin
    WHERE kind = 'opening' AND flow IN ('costs', 'income');
CREATE TEMP TABLE redone AS SELECT line, year, 'opening' AS step, origin, last_year, sum(cents) AS cents
  FROM (FROM kept UNION ALL FROM arrived) GROUP BY ALL
  UNION ALL SELECT g.line, g.year, 'not_carried', NULL, NULL,
    coalesce((SELECT sum(cents) FROM before b WHERE b.line = g.line AND b.year = g.year), 0)
    - coalesce((SELECT sum(cents) FROM kept k WHERE k.line = g.line AND k.year = g.year), 0)
    - coalesce((SELECT sum(handed) FROM asked a WHERE a.line = g.line AND a.year = g.year), 0)
    FROM given g;

-- New money stands in the tranche of its year; a net refund adds to it. A withdrawal is cut from older ones, in the
-- order in which money is spent: what lapses first, then the oldest.
CREATE TEMP TABLE opened AS SELECT s.line, s.year, s.origin, s.last_year, s.cents - greatest(0, least(s.cents,
    -(allocated + greatest(-realised, 0)) - coalesce(sum(s.cents) OVER spending, 0))) AS cents
  FROM step s JOIN given USING (line, year) WHERE step = 'opening'
  WINDOW spending AS (PARTITION BY s.line, s.year ORDER BY s.last_year, s.origin
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);
CREATE TEMP TABLE held AS SELECT line, year, origin, last_year, sum(cents) AS cents FROM (
    FROM opened UNION ALL SELECT line, year, year, last_year, greatest(0, allocated + greatest(-realised, 0)) FROM given)
  GROUP BY ALL;
CREATE TEMP TABLE beyond AS SELECT g.line, g.year, greatest(0, -(allocated + greatest(-realised, 0))
    - coalesce((SELECT sum(cents) FROM step s WHERE s.step = 'opening' AND s.line = g.line AND s.year = g.year), 0)
  ) AS cents FROM given g;

-- What a decision moved to the next year is set apart, from the part that lasts longest.
CREATE TEMP TABLE apart AS SELECT h.*, greatest(0, least(h.cents, coalesce(m.cents, 0) - coalesce(sum(h.cents) OVER (
    PARTITION BY h.line, h.year, h.origin ORDER BY h.last_year DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS moved
  FROM held h LEFT JOIN (SELECT at_line AS line, p.year, origin, -sum(cents) AS cents
      FROM posting p JOIN runs USING (line, year) WHERE kind = 'carry_over' AND cents < 0 GROUP BY ALL) m
    USING (line, year, origin);

-- Spend.
CREATE TEMP TABLE used AS SELECT a.line, a.year, a.origin, a.last_year, moved, a.cents - moved AS had,
  greatest(0, least(had, greatest(realised, 0) - coalesce(sum(a.cents - moved) OVER (
    PARTITION BY a.line, a.year ORDER BY a.last_year, a.origin
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS spent
  FROM apart a JOIN given USING (line, year);

-- Extensions lengthen what is left of money in its last year: the first decision takes the first part of it.
CREATE TEMP TABLE ending AS SELECT line, year, origin, last_year, had - spent AS cents,
  sum(had - spent) OVER (PARTITION BY line, year, origin ORDER BY last_year) AS until
  FROM used WHERE last_year <= year;
CREATE TEMP TABLE longer AS SELECT at_line AS line, e.year, e.origin, e.last_year, e.cents,
  sum(e.cents) OVER (PARTITION BY at_line, e.year, e.origin ORDER BY "order") AS until
  FROM extension e JOIN runs USING (line, year) WHERE e.last_year > e.year;
CREATE TEMP TABLE lengthened AS SELECT e.line, e.year, e.origin, e.last_year, l.last_year AS new_last_year,
  greatest(0, least(e.until, l.until) - greatest(e.until - e.cents, l.until - l.cents)) AS cents
  FROM ending e JOIN longer l USING (line, year, origin);
CREATE TEMP TABLE rest AS SELECT line, year, origin, last_year, sum(cents) AS cents FROM (
    SELECT line, year, origin, last_year, had - spent AS cents FROM used
    UNION ALL SELECT line, year, origin, last_year, -cents FROM lengthened
    UNION ALL SELECT line, year, origin, new_last_year, cents FROM lengthened) GROUP BY ALL;

-- At the end of a closed year money in its last year lapses. What open commitments rest on, in the order of spending,
-- lives one year longer where the rule of its origin says so. In an open year nothing lapses.
CREATE TEMP TABLE ended AS SELECT r.*, closed AND r.last_year <= r.year AS ends, CASE WHEN keeps THEN
    greatest(0, least(r.cents, greatest(committed, 0) - coalesce(sum(r.cents) OVER (
      PARTITION BY r.line, r.year ORDER BY r.last_year, r.origin
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) ELSE 0 END AS lives
  FROM rest r JOIN given USING (line, year) JOIN year USING (year) JOIN ruled o ON o.year = r.origin;

INSERT INTO redone
  SELECT line, year, 'spent', origin, last_year, spent FROM used
  UNION ALL SELECT line, year, 'released', origin, last_year, cents - lives FROM ended WHERE ends
  UNION ALL SELECT line, year, 'closing', origin, last_year, sum(cents) FROM (
      SELECT line, year, origin, last_year, cents FROM ended WHERE NOT ends
      UNION ALL SELECT line, year, origin, year + 1, lives FROM ended WHERE ends
      UNION ALL SELECT line, year, origin, greatest(last_year, year + 1), moved FROM apart) GROUP BY ALL
  UNION ALL SELECT g.line, g.year, unnest(['allocated', 'moved_out', 'realised', 'general']), NULL, NULL,
    unnest([allocated, moved_out, realised, general]) FROM given g
  UNION ALL SELECT line, year, 'withdrawn_beyond', NULL, NULL, cents FROM beyond
  UNION ALL SELECT g.line, g.year, 'shortfall', NULL, NULL, b.cents + greatest(0, greatest(realised, 0)
    - coalesce((SELECT sum(had) FROM used u WHERE u.line = g.line AND u.year = g.year), 0))
    FROM given g JOIN beyond b USING (line, year);

CREATE TEMP TABLE unlike AS SELECT 'term' AS found, coalesce(s.line, r.line) AS line, coalesce(s.year, r.year) AS year,
  coalesce(s.step, r.step) AS what, coalesce(s.origin, r.origin) AS origin, coalesce(s.last_year, r.last_year) AS last_year,
  s.cents AS published, r.cents AS recomputed
  FROM step s FULL JOIN (FROM redone WHERE origin IS NULL OR cents <> 0) r ON r.line = s.line AND r.year = s.year
    AND r.step = s.step AND r.origin IS NOT DISTINCT FROM s.origin AND r.last_year IS NOT DISTINCT FROM s.last_year
  WHERE s.cents IS DISTINCT FROM r.cents;
INSERT INTO not_recomputed SELECT unlike.* FROM unlike JOIN year USING (year)
  WHERE as_adopted AND what IN ('opening', 'not_carried');
INSERT INTO difference SELECT unlike.* FROM unlike LEFT JOIN year USING (year)
  WHERE NOT (coalesce(as_adopted, false) AND what IN ('opening', 'not_carried'));
