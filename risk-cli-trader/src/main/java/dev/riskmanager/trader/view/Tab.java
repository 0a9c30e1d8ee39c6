package dev.riskmanager.trader.view;

/** The pages of the screen, in the order of their keys. */
public enum Tab {
  OVERVIEW("Overview", "Overview"),
  POSITIONS("Positions", "Positions"),
  RULES("Rules", "Rules"),
  LOCKOUTS("Lockouts", "Lockouts"),
  LOG("Log", "Log"),
  WHY("Why", "Why"),
  CONNECTIONS("Connections", "Links"),
  HOURS("Hours", "Hours"),
  DIARY("Diary", "Diary");

  private final String title;
  private final String shortTitle;

  Tab(String title, String shortTitle) {
    this.title = title;
    this.shortTitle = shortTitle;
  }

  /** What it is called. */
  public String title() {
    return title;
  }

  /** What it is called where there is little room. */
  public String shortTitle() {
    return shortTitle;
  }

  /** Whether its newest line is its last, and is what one wants to see. */
  boolean restsAtEnd() {
    return this == LOG || this == DIARY;
  }

  /** The key that shows it. */
  public char key() {
    return (char) ('1' + ordinal());
  }

  /** The one after it, the first after the last. */
  public Tab next() {
    return values()[(ordinal() + 1) % values().length];
  }

  /** The one before it, the last before the first. */
  public Tab previous() {
    return values()[(ordinal() + values().length - 1) % values().length];
  }
}
