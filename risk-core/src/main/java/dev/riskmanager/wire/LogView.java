package dev.riskmanager.wire;

import java.util.List;

/**
 * The answer of {@code log}.
 *
 * @param entries newest last
 */
public record LogView(List<LogEntry> entries) {

  public LogView {
    entries = Lists.copy(entries);
  }
}
