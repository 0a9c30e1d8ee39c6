package dev.riskmanager.wire;

import java.util.List;

/**
 * The answer of {@code rules.set} and of {@code config.validate}, {@code config.write} and {@code
 * config.reload}.
 *
 * @param valid whether the files can be used
 * @param problems every error and warning, in the order of the files
 * @param changes what the files change against what is in force
 * @param withdrawn what waited for its reset and does not any more: the files say again what holds
 * @param history what the changed limits would have meant for the trading days behind us
 */
public record ConfigReport(
    boolean valid,
    List<Problem> problems,
    List<RuleChange> changes,
    List<RuleChange> withdrawn,
    List<LimitHistory> history) {

  public ConfigReport {
    problems = Lists.copy(problems);
    changes = Lists.copy(changes);
    withdrawn = Lists.copy(withdrawn);
    history = Lists.copy(history);
  }

  /**
   * Something wrong in a file.
   *
   * @param error whether it forbids the use of the file; else it is a warning
   * @param file the file's name
   * @param line line, from 1; 0 when it is about the file
   * @param column column, from 1; 0 when it is about the line or the file
   * @param message what is wrong and what is allowed
   */
  public record Problem(boolean error, String file, int line, int column, String message) {}
}
