package dev.riskmanager.domain.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects every error and warning of a configuration, so that all are shown at once. */
public final class Problems {

  /**
   * One thing that is wrong.
   *
   * @param path keys from the top, e.g. {@code daily_realized_loss.limit}
   * @param message what is wrong and what is allowed
   * @param warning whether it loads all the same
   */
  public record Problem(ConfigNode.Place place, String path, String message, boolean warning) {
    @Override
    public String toString() {
      return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
  }

  private final List<Problem> found = new ArrayList<>();

  public void error(ConfigNode.Place place, String path, String message) {
    found.add(new Problem(place, path, message, false));
  }

  public void warning(ConfigNode.Place place, String path, String message) {
    found.add(new Problem(place, path, message, true));
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(problem -> !problem.warning());
  }

  /** Everything found, in the order it was found. */
  public List<Problem> all() {
    return Collections.unmodifiableList(found);
  }
}
