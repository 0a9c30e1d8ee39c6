package dev.riskmanager.domain.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a table says of its keys. */
class TableTest {
  private static final Table<String, Integer> ABC =
      Table.<String, Integer>empty().with("c", 3).with("a", 1).with("b/2", 2);

  @Test
  void keysFromOneOnComeInOrderWhetherItIsThereOrNot() {
    assertThat(ABC.keysFrom("")).isEqualTo(List.of("a", "b/2", "c"));
    assertThat(ABC.keysFrom("a")).isEqualTo(List.of("a", "b/2", "c"));
    assertThat(ABC.keysFrom("b/")).isEqualTo(List.of("b/2", "c"));
    assertThat(ABC.keysFrom("d")).isEmpty();
    assertThat(Table.<String, Integer>empty().keysFrom("a")).isEmpty();
  }
}
