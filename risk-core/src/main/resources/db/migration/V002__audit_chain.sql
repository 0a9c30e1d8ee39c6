-- The audit as a chain: each record is the JSON text that audit.log holds too, names the hash of the
-- record before it, and is covered by its own. What is shown is read out of the record, so there is
-- no second copy that could say something else.

-- Records of before the chain; nothing vouches for them.
ALTER TABLE audit RENAME TO audit_unchained;

CREATE TABLE audit (
  seq    INTEGER PRIMARY KEY NOT NULL,
  record TEXT NOT NULL,
  hash   TEXT NOT NULL,
  action TEXT GENERATED ALWAYS AS (json_extract(record, '$.action')) VIRTUAL
);

CREATE INDEX audit_by_action ON audit (action, seq);
