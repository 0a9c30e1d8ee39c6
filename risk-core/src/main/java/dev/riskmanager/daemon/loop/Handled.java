package dev.riskmanager.daemon.loop;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import java.util.List;

/**
 * What became of one event.
 *
 * @param state after it
 * @param decisions what was decided
 * @param durable whether what had to be written is on the disk; false while the disk does not
 *     answer
 */
public record Handled(EngineState state, List<Decision> decisions, boolean durable) {}
