package dev.riskmanager.chaos;

import java.util.List;

/**
 * What a round came to.
 *
 * @param text a line about what happened in it
 * @param findings what did not hold; empty when all did
 * @param faults what struck
 */
record Report(String text, List<String> findings, Tally faults) {
  Report {
    findings = List.copyOf(findings);
  }

  Report(String text, List<String> findings) {
    this(text, findings, new Tally());
  }
}
