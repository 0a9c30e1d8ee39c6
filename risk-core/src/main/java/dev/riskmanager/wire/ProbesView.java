package dev.riskmanager.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code accounts.test}.
 *
 * @param probes what was tried, in order; only what really was tried
 */
public record ProbesView(List<Probe> probes) {

  public ProbesView {
    probes = Lists.copy(probes);
  }

  /**
   * Something that was tried.
   *
   * @param name what
   * @param ok whether it worked
   * @param tookMs milliseconds it took
   * @param detail what was seen
   * @param remedy what to do, null when it worked
   */
  public record Probe(
      String name, boolean ok, long tookMs, String detail, @Nullable String remedy) {}
}
