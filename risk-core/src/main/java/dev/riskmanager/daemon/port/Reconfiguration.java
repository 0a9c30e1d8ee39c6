package dev.riskmanager.daemon.port;

import dev.riskmanager.domain.engine.RuleBook;
import java.util.List;

/**
 * Other rules for the loop to put in force, as an event among the others.
 *
 * @param book what the core is given
 * @param text the whole rule set as a recording carries it: the {@code data} of {@code
 *     ConfigChanged} (ADR 0007)
 * @param rows written in the transaction that the new rules take effect with
 */
public record Reconfiguration(RuleBook book, String text, List<Store.Change> rows) {}
