package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;

/**
 * The engine as a process.
 *
 * @param state how far it protects
 * @param problems one sentence for each reason why the state is not {@link EngineState#PROTECTING}
 * @param pid its process id
 * @param version the product's version
 * @param startedAt when this process started
 * @param uptimeSeconds whole seconds since then
 */
public record EngineView(
    EngineState state,
    List<String> problems,
    long pid,
    String version,
    Instant startedAt,
    long uptimeSeconds) {

  public EngineView {
    problems = Lists.copy(problems);
  }
}
