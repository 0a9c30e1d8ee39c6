package dev.riskmanager.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists as records keep them. */
final class Lists {
  private Lists() {}

  /**
   * An unmodifiable copy. The argument is null when a reader meets JSON without that member, which
   * the types of the records cannot say.
   */
  static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
