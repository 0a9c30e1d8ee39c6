package dev.riskmanager.daemon.service;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the engine is, by the protocol of sd_notify(3). A sign of life is sent only
 * when the loop has come round since the last one: a loop that hangs has the process killed and
 * started again.
 */
public final class ServiceManager {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** While starting each sign of life asks for so much more time: a venue may be out of reach. */
  private static final Duration MORE_TIME = Duration.ofSeconds(30);

  private final Sender sender;
  private final LongSupplier rounds;
  private final BooleanSupplier ready;
  private final Supplier<String> status;
  private long seen = -1;
  private boolean toldReady;
  private boolean stopping;
  private boolean failed;
  private String toldStatus = "";

  /** Takes one datagram to the service manager. */
  @FunctionalInterface
  interface Sender {
    void send(String message) throws IOException;
  }

  ServiceManager(
      Sender sender, LongSupplier rounds, BooleanSupplier ready, Supplier<String> status) {
    this.sender = sender;
    this.rounds = rounds;
    this.ready = ready;
    this.status = status;
  }

  /**
   * The service manager that started this process; empty when none waits for word.
   *
   * @param environment {@code NOTIFY_SOCKET} names its socket
   * @param rounds grows each time the loop comes round
   * @param ready whether the engine does what it is there for
   * @param status one line for people
   */
  public static Optional<ServiceManager> of(
      Map<String, String> environment,
      LongSupplier rounds,
      BooleanSupplier ready,
      Supplier<String> status) {
    String address = environment.get("NOTIFY_SOCKET");
    if (address == null || address.isEmpty() || !DatagramSocket.isSupported()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceManager(
            message -> DatagramSocket.send(address, message), rounds, ready, status));
  }

  /**
   * How often {@link #look} is to be called: a third of the time after which systemd gives the
   * process up, a second at most.
   *
   * @param environment {@code WATCHDOG_USEC} names that time
   */
  public static Duration interval(Map<String, String> environment) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    Duration second = Duration.ofSeconds(1);
    if (!micros.matches("\\d{4,15}")) {
      return second;
    }
    Duration third = Duration.ofNanos(Long.parseLong(micros) * 1_000 / 3);
    return third.compareTo(second) < 0 ? third : second;
  }

  /** Tells what is news, and gives a sign of life if there is one. Never throws. */
  public synchronized void look() {
    if (stopping) {
      return;
    }
    StringBuilder message = new StringBuilder();
    long now = rounds.getAsLong();
    if (now != seen) {
      seen = now;
      message.append("WATCHDOG=1\n");
      if (!toldReady) {
        message.append("EXTEND_TIMEOUT_USEC=").append(MORE_TIME.toMillis() * 1_000).append('\n');
      }
    }
    boolean becomesReady = !toldReady && ready.getAsBoolean();
    if (becomesReady) {
      message.append("READY=1\n");
    }
    String text = status.get().replaceAll("\\p{Cntrl}+", " ");
    if (!text.equals(toldStatus)) {
      message.append("STATUS=").append(text).append('\n');
    }
    if (!message.isEmpty() && send(message.toString())) {
      toldReady |= becomesReady;
      toldStatus = text;
    }
  }

  /** The engine ends as asked. Never throws. */
  public synchronized void stopping() {
    stopping = true;
    send("STOPPING=1\nSTATUS=stopping\n");
  }

  private boolean send(String message) {
    try {
      sender.send(message);
      failed = false;
      return true;
    } catch (IOException e) {
      if (!failed) {
        failed = true;
        LOG.warn("The service manager is not reached: {}", e.getMessage());
      }
      return false;
    }
  }
}
