package dev.riskmanager.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bounded number of tries of everything; more with {@code -Dfuzz.tries=N} or .ci/fuzz. */
@Timeout(600)
class FuzzTest {
  static Stream<String> targets() {
    return Fuzz.TARGETS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingCrashesHangsOrGrows(String target) throws Exception {
    long tries = Long.getLong("fuzz.tries", 100);
    Fuzz.Result result = Fuzz.run(target, 1, made -> made < tries);
    assertThat(result.findings()).isEmpty();
    assertThat(result.tries()).isEqualTo(tries);
  }
}
