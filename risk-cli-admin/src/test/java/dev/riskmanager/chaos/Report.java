package dev.riskmanager.chaos;

import java.util.List;

/**
 * What a round came to.
 *
 * @param text a line about what happened in it
 * @param findings what did not hold; empty when all did
 */
record Report(String text, List<String> findings) {
  Report {
    findings = List.copyOf(findings);
  }
}
