-- Every row that decides something carries a keyed hash of its table and its other columns (ADR 0015);
-- store_state holds the sum of them all, under the key 'seal'. The rows of before get theirs once, by
-- the program, at the start that applies this file.
ALTER TABLE lockouts ADD COLUMN seal TEXT;
ALTER TABLE timers ADD COLUMN seal TEXT;
ALTER TABLE trades ADD COLUMN seal TEXT;
ALTER TABLE daily_pnl ADD COLUMN seal TEXT;
ALTER TABLE reset_marks ADD COLUMN seal TEXT;
ALTER TABLE memory ADD COLUMN seal TEXT;
ALTER TABLE contracts ADD COLUMN seal TEXT;
ALTER TABLE meta ADD COLUMN seal TEXT;
