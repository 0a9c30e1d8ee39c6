package dev.riskmanager.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.domain.model.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queues, retries and losses; what a target does with a message is another test's subject. */
class NotifierTest {
  private static final Instant AT = Instant.parse("2025-10-31T17:21:19.150Z");

  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final List<Notifier> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Notifier::close);
  }

  /** Takes what it is given, or does with it what the script says next. */
  private static class Scripted implements Target {
    final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    final Deque<SendException> failures = new ArrayDeque<>();
    private final String name;
    private final int batch;

    Scripted(String name, int batch) {
      this.name = name;
      this.batch = batch;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int batch() {
      return batch;
    }

    @Override
    public void send(List<Notice> notices, long lost) throws SendException, InterruptedException {
      SendException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
      taken.add(String.join("|", notices.stream().map(Notice::text).toList()) + " lost " + lost);
    }
  }

  /** Has a defect at its first message. */
  private static final class BreaksOnce extends Scripted {
    private final Runnable defect;
    private boolean broken;

    BreaksOnce(Runnable defect) {
      super("broken", 1);
      this.defect = defect;
    }

    @Override
    public void send(List<Notice> notices, long lost) throws SendException, InterruptedException {
      if (!broken) {
        broken = true;
        defect.run();
      }
      super.send(notices, lost);
    }
  }

  /** Never answers. */
  private static final class Silent extends Scripted {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);

    Silent(int batch) {
      super("silent", batch);
    }

    @Override
    public void send(List<Notice> notices, long lost) throws SendException, InterruptedException {
      asked.countDown();
      answer.await();
      super.send(notices, lost);
    }
  }

  @Test
  @Timeout(60)
  void aTargetThatNeverAnswersLosesItsOldestNoticesAndDelaysNobody() throws Exception {
    Silent silent = new Silent(2);
    Scripted live = new Scripted("live", 1);
    Notifier notifier = notifier(10, silent, live);
    notifier.tell(notice("first"));
    silent.asked.await();
    await().untilAsserted(() -> assertThat(live.taken).containsExactly("first lost 0"));

    long slowest = 0;
    for (int i = 0; i < 100_000; i++) {
      long began = System.nanoTime();
      notifier.tell(new Notice(Notice.Kind.AUDIT, AT, Optional.empty(), Optional.empty(), "n" + i));
      slowest = Math.max(slowest, System.nanoTime() - began);
    }

    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(1));
    assertThat(notifier.backlog()).containsEntry("silent", 10);
    assertThat(notifier.lost()).containsEntry("silent", 99_990L);
    silent.answer.countDown();
    await()
        .untilAsserted(
            () ->
                assertThat(silent.taken)
                    .containsExactly(
                        "first lost 0",
                        "n99990|n99991 lost 99990",
                        "n99992|n99993 lost 0",
                        "n99994|n99995 lost 0",
                        "n99996|n99997 lost 0",
                        "n99998|n99999 lost 0"));
  }

  @Test
  void aTargetIsTriedAgainWithGrowingPausesUntilItTakesTheMessage() {
    Scripted target = new Scripted("flaky", 1);
    for (int i = 0; i < 6; i++) {
      target.failures.add(SendException.later("HTTP 503"));
    }

    notifier(10, target).tell(notice("lockout"));

    await().untilAsserted(() -> assertThat(target.taken).containsExactly("lockout lost 0"));
    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
  }

  @Test
  void aPauseThatTheTargetAsksForIsKeptWithinReason() {
    Scripted target = new Scripted("busy", 1);
    target.failures.add(SendException.after("HTTP 429", Duration.ofSeconds(7)));
    target.failures.add(SendException.after("HTTP 429", Duration.ofSeconds(2)));
    target.failures.add(SendException.after("HTTP 429", Duration.ofDays(2)));

    notifier(10, target).tell(notice("lockout"));

    await().untilAsserted(() -> assertThat(target.taken).hasSize(1));
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofMinutes(15));
  }

  @Test
  void aRefusalIsNotRepeatedAndTheNextMessageTellsOfTheLoss() {
    Scripted target = new Scripted("strict", 1);
    target.failures.add(SendException.refused("HTTP 400"));
    Notifier notifier = notifier(10, target);

    notifier.tell(notice("bad"));
    notifier.tell(notice("good"));
    notifier.tell(notice("better"));

    await()
        .untilAsserted(
            () -> assertThat(target.taken).containsExactly("good lost 1", "better lost 0"));
    assertThat(pauses).isEmpty();
    assertThat(notifier.lost()).isEqualTo(Map.of("strict", 1L));
  }

  @Test
  void afterAboutAnHourItIsNoNewsAnyMore() {
    Scripted target = new Scripted("gone", 1);
    for (int i = 0; i < 16; i++) {
      target.failures.add(SendException.later("timeout"));
    }
    Notifier notifier = notifier(10, target);

    notifier.tell(notice("old"));
    notifier.tell(notice("new"));

    await().untilAsserted(() -> assertThat(target.taken).containsExactly("new lost 1"));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
  }

  @Test
  void aTargetHearsOnlyTheKindsItWants() throws Exception {
    Scripted wants = new Scripted("wants", 1);
    Notifier notifier =
        keep(
            new Notifier(
                List.of(new Notifier.Subscription(wants, EnumSet.of(Notice.Kind.UNLOCK))),
                10,
                pauses::add));
    for (Notice.Kind kind : Notice.Kind.values()) {
      notifier.tell(
          new Notice(kind, AT, Optional.of(new AccountId(7)), Optional.empty(), kind.key()));
    }

    notifier.flush(Duration.ofSeconds(5));

    assertThat(wants.taken).containsExactly("unlock lost 0");
  }

  @Test
  void aDefectOfATargetCostsOneMessage() {
    Scripted target =
        new BreaksOnce(
            () -> {
              throw new IllegalStateException("defect");
            });
    Notifier notifier = notifier(10, target);

    notifier.tell(notice("one"));
    notifier.tell(notice("two"));

    await().untilAsserted(() -> assertThat(target.taken).containsExactly("two lost 1"));
  }

  /** Not only what a target may throw: a class that is missing, a stack that overflows. */
  @Test
  void anErrorOfATargetDoesNotEndItsLane() {
    Scripted target =
        new BreaksOnce(
            () -> {
              throw new NoClassDefFoundError("a library that is not there");
            });
    Notifier notifier = notifier(10, target);

    notifier.tell(notice("one"));
    notifier.tell(notice("two"));

    await().untilAsserted(() -> assertThat(target.taken).containsExactly("two lost 1"));
  }

  /**
   * Broken on purpose in each way at once: one that never answers, one that takes long for each,
   * one that fails, one that dies. The one that is well hears all, in order, and whoever tells
   * never waits.
   */
  @Test
  @Timeout(60)
  void fourBadTargetsDelayNeitherTheFifthNorWhoeverTells() throws Exception {
    Silent silent = new Silent(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Scripted slow =
        new Scripted("slow", 1) {
          @Override
          public void send(List<Notice> notices, long lost)
              throws SendException, InterruptedException {
            goOn.await();
            super.send(notices, lost);
          }
        };
    Scripted failing = new Scripted("failing", 1);
    for (int i = 0; i < 1_000; i++) {
      failing.failures.add(SendException.later("HTTP 503"));
    }
    Scripted dying =
        new Scripted("dying", 1) {
          @Override
          public void send(List<Notice> notices, long lost) {
            throw new StackOverflowError();
          }
        };
    Scripted well = new Scripted("well", 1);
    Notifier notifier = notifier(500, silent, slow, failing, dying, well);
    List<String> wanted = new ArrayList<>();

    long slowest = 0;
    for (int i = 0; i < 400; i++) {
      wanted.add("n" + i + " lost 0");
      long began = System.nanoTime();
      notifier.tell(notice("n" + i));
      slowest = Math.max(slowest, System.nanoTime() - began);
    }

    await().untilAsserted(() -> assertThat(well.taken).containsExactlyElementsOf(wanted));
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(500));
    assertThat(slow.taken).isEmpty();
    assertThat(notifier.lost()).containsEntry("well", 0L).containsEntry("silent", 0L);
    await().untilAsserted(() -> assertThat(notifier.lost()).containsEntry("dying", 400L));
    goOn.countDown();
    silent.answer.countDown();
    await().untilAsserted(() -> assertThat(slow.taken).containsExactlyElementsOf(wanted));
    await().untilAsserted(() -> assertThat(silent.taken).containsExactlyElementsOf(wanted));
  }

  @Test
  void theLastWordWaitsForATargetOnlySoLong() throws Exception {
    Silent silent = new Silent(1);
    Notifier notifier = notifier(10, silent);
    notifier.tell(notice("last"));

    long began = System.nanoTime();
    notifier.flush(Duration.ofMillis(50));

    assertThat(System.nanoTime() - began)
        .isBetween(Duration.ofMillis(45).toNanos(), Duration.ofSeconds(5).toNanos());
    assertThat(silent.taken).isEmpty();
  }

  private Notifier notifier(int capacity, Target... targets) {
    List<Notifier.Subscription> all = new ArrayList<>();
    for (Target target : targets) {
      all.add(new Notifier.Subscription(target, Set.of(Notice.Kind.values())));
    }
    return keep(new Notifier(all, capacity, pauses::add));
  }

  private Notifier keep(Notifier notifier) {
    open.add(notifier);
    return notifier;
  }

  private static Notice notice(String text) {
    return new Notice(Notice.Kind.LOCKOUT, AT, Optional.empty(), Optional.empty(), text);
  }
}
