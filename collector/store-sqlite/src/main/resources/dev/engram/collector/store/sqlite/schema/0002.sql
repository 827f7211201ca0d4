-- Version 2.

-- When records were lost, as nearly as that is known: at some time from since to until. minute: that of until.
CREATE TABLE loss_period (
  instance INTEGER NOT NULL REFERENCES instance,
  term TEXT NOT NULL,
  reason ANY NOT NULL,
  minute INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (instance, term, reason, minute)
) STRICT, WITHOUT ROWID;

-- Of an instance that has ended, all that is known is that it was before. What others lost is noted with their next counts.
INSERT INTO loss_period
  SELECT lost_by, term, reason, ended / 60000000000, min(started, ended), ended, count FROM (
    SELECT instance AS lost_by, term, reason, count FROM loss
    UNION ALL SELECT id, 'abandoned', '', abandoned FROM instance
    UNION ALL SELECT id, 'malformed', '', malformed FROM instance
    UNION ALL SELECT id, 'rejected', '', rejected FROM instance
  ) JOIN instance ON id = lost_by
  WHERE ended <> 0 AND count > 0;
