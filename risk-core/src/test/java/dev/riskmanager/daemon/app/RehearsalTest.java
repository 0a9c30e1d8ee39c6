package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.wire.HomeDir;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RehearsalTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private RuleBook book;

  @BeforeEach
  void configure() throws Exception {
    HomeDir home = new HomeDir(directory.resolve("home"));
    Setup.initialise(
        home,
        new Setup.Choices(
            13_298_777L,
            "",
            "trader",
            "k3y-of-a-rehearsal",
            Optional.of(URI.create("http://127.0.0.1:9")),
            "none",
            List.of("daily_realized_loss.enabled=true", "daily_realized_loss.limit=-500")));
    book =
        Configuration.book(
            Configuration.load(
                    home,
                    Map.of(),
                    AccountsFile.CredentialsUse.RESOLVE,
                    LocalDate.parse("2026-01-05"))
                .rules());
  }

  /** With nobody listening at the venue's address. */
  @Test
  void eachFillIsClosed() throws InterruptedException {
    Rehearsal rehearsal = new Rehearsal(book, CLOCK, () -> true, 40);
    rehearsal.start();
    rehearsal.join();
    assertThat(rehearsal.answered()).isEqualTo(40);
  }

  @Test
  void mostOfItWaitsUntilTheEngineProtects() throws InterruptedException {
    AtomicBoolean ready = new AtomicBoolean();
    Rehearsal rehearsal = new Rehearsal(book, CLOCK, ready::get, Rehearsal.AT_ONCE + 3);
    rehearsal.start();
    await().atMost(PATIENCE).until(() -> rehearsal.answered() == Rehearsal.AT_ONCE);
    ready.set(true);
    rehearsal.join();
    assertThat(rehearsal.answered()).isEqualTo(Rehearsal.AT_ONCE + 3);
  }

  @Test
  void closingEndsItEarly() {
    Rehearsal rehearsal = new Rehearsal(book, CLOCK, () -> false, 1_000);
    rehearsal.start();
    await().atMost(PATIENCE).until(() -> rehearsal.answered() == Rehearsal.AT_ONCE);
    rehearsal.close();
    assertThat(rehearsal.isOver()).isTrue();
    assertThat(rehearsal.answered()).isEqualTo(Rehearsal.AT_ONCE);
  }

  /** Its orders and closes have not happened; what others log meanwhile has. */
  @Test
  void nothingOfItIsLogged() throws InterruptedException {
    Heard all = new Heard();
    Heard kept = new Heard();
    kept.addFilter(new LogFiles.NoRehearsal());
    List<Logger> loggers = List.of(logger("engine"), logger("api"), logger("enforcement"));
    loggers.forEach(logger -> listen(logger, all, kept));
    try {
      Rehearsal rehearsal = new Rehearsal(book, CLOCK, () -> true, 3);
      rehearsal.start();
      rehearsal.join();
      assertThat(all.lines).anyMatch(line -> line.startsWith("Position/closeContract"));
      assertThat(all.lines).anyMatch(line -> line.contains("is locked"));
      LoggerFactory.getLogger("engine").info("said outside");
      assertThat(kept.lines).containsExactly("said outside");
    } finally {
      loggers.forEach(logger -> forget(logger, all, kept));
    }
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  private static void listen(Logger logger, Heard... listeners) {
    logger.setLevel(Level.INFO);
    for (Heard listener : listeners) {
      listener.start();
      logger.addAppender(listener);
    }
  }

  private static void forget(Logger logger, Heard... listeners) {
    logger.setLevel(null);
    for (Heard listener : listeners) {
      logger.detachAppender(listener);
    }
  }

  private static final class Heard extends AppenderBase<ILoggingEvent> {
    final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
    }
  }
}
