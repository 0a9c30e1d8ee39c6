-- How often trading against a lockout was undone while it was in force. Of lockouts before this
-- schema it is not known, and 0.
ALTER TABLE lockouts ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
