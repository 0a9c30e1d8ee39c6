package dev.riskmanager.domain.settings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the fewest edits, when they are few for its length, else one with the same
   * words and more; among equals the first of the alphabet, so that the same mistake gets the same
   * answer.
   */
  public static Optional<String> of(String written, Collection<String> candidates) {
    return best(written, candidates)
        .filter(best -> distance(written, best) <= Math.max(2, best.length() / 3))
        .or(() -> withTheWordsOf(written, candidates));
  }

  /** {@code daily_loss} is far from {@code daily_realized_loss}, and yet means it. */
  private static Optional<String> withTheWordsOf(String written, Collection<String> candidates) {
    List<String> words = List.of(written.split("_"));
    return words.size() < 2
        ? Optional.empty()
        : best(
            written,
            candidates.stream()
                .filter(candidate -> List.of(candidate.split("_")).containsAll(words))
                .toList());
  }

  /** The same for short names, of which many are two edits apart: at most one edit. */
  public static Optional<String> close(String written, Collection<String> candidates) {
    return best(written, candidates).filter(best -> distance(written, best) <= 1);
  }

  private static Optional<String> best(String written, Collection<String> candidates) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = distance(written, candidate);
      if (edits < fewest || (best != null && edits == fewest && candidate.compareTo(best) < 0)) {
        fewest = edits;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code (did you mean limit?)}, or nothing. */
  public static String hint(String written, Collection<String> candidates) {
    return of(written, candidates).map(near -> " (did you mean " + near + "?)").orElse("");
  }

  /** Levenshtein distance: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
