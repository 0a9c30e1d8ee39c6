package dev.riskmanager.trader.view;

/** What a piece of text means; {@link Palette} says how that looks. */
public enum Style {
  /** Ordinary text. */
  NORMAL,
  /** Less important: labels, frames of no interest. */
  DIM,
  /** More important. */
  STRONG,
  /** The name of the product and titles of panels. */
  TITLE,
  /** Frames. */
  FRAME,
  /** A key one can press. */
  KEY,
  /** Good news: gains, room left, healthy. */
  GOOD,
  /** Worth a look: near a limit, stale, a handicap. */
  WARN,
  /** Bad news: losses, at the limit, gone. */
  BAD,
  /** The state line when all is well. */
  GOOD_BLOCK,
  /** The state line in a cooldown or with a handicap. */
  WARN_BLOCK,
  /** The state line when locked out or not protected. */
  BAD_BLOCK,
  /** The state line while nothing is known yet. */
  QUIET_BLOCK,
  /** The tab that is shown. */
  SELECTED
}
