package dev.riskmanager.daemon.port;

/** Tells people outside. */
@FunctionalInterface
public interface Notices {
  /** Nobody is told. */
  Notices NONE = notice -> {};

  /**
   * Takes the notice and returns at once, whatever the targets do: it never waits, never throws,
   * and a target that cannot keep up loses its oldest notices, which is counted and logged.
   */
  void tell(Notice notice);
}
