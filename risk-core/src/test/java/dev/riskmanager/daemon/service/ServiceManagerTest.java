package dev.riskmanager.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What systemd is told; that it arrives is another test's subject. */
class ServiceManagerTest {
  private final List<String> sent = new ArrayList<>();
  private long rounds = 1;
  private boolean ready;
  private String status = "STARTING";
  private boolean unreachable;
  private final ServiceManager manager =
      new ServiceManager(
          message -> {
            if (unreachable) {
              throw new IOException("gone");
            }
            sent.add(message);
          },
          () -> rounds,
          () -> ready,
          () -> status);

  @Test
  void readyIsToldOnceAndNotBeforeItIsTrue() {
    manager.look();
    rounds++;
    manager.look();
    ready = true;
    status = "PROTECTING";
    rounds++;
    manager.look();
    rounds++;
    manager.look();

    assertThat(sent)
        .containsExactly(
            "WATCHDOG=1\nEXTEND_TIMEOUT_USEC=30000000\nSTATUS=STARTING\n",
            "WATCHDOG=1\nEXTEND_TIMEOUT_USEC=30000000\n",
            "WATCHDOG=1\nEXTEND_TIMEOUT_USEC=30000000\nREADY=1\nSTATUS=PROTECTING\n",
            "WATCHDOG=1\n");
  }

  @Test
  void aLoopThatHangsGivesNoSignOfLife() {
    ready = true;
    manager.look();
    sent.clear();

    manager.look();
    manager.look();
    assertThat(sent).isEmpty();
    status = "DEGRADED: the disk";
    manager.look();
    assertThat(sent).containsExactly("STATUS=DEGRADED: the disk\n");
    rounds++;
    manager.look();
    assertThat(sent).last().isEqualTo("WATCHDOG=1\n");
  }

  @Test
  void whatWasNotTakenIsSaidAgain() {
    ready = true;
    unreachable = true;
    manager.look();
    unreachable = false;
    manager.look();

    assertThat(sent).containsExactly("READY=1\nSTATUS=STARTING\n");
  }

  @Test
  void afterItsEndThereIsNothingMoreToTell() {
    manager.stopping();
    rounds++;
    manager.look();

    assertThat(sent).containsExactly("STOPPING=1\nSTATUS=stopping\n");
  }

  @ParameterizedTest
  @CsvSource({"30000000, 1000", "1500000, 500", "'', 1000", "abc, 1000", "0, 1000"})
  void aSignOfLifeComesThreeTimesInTheTimeAllowed(String micros, long millis) {
    assertThat(ServiceManager.interval(Map.of("WATCHDOG_USEC", micros)))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void withoutAServiceManagerNobodyIsTold() {
    assertThat(ServiceManager.of(Map.of(), () -> 1, () -> true, () -> "")).isEmpty();
    assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", ""), () -> 1, () -> true, () -> ""))
        .isEmpty();
  }
}
