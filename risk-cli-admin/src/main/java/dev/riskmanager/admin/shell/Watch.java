package dev.riskmanager.admin.shell;

import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches the engine and tells what happens, over a connection of its own that has shown no
 * password; connects again when the engine was away.
 */
final class Watch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path socket;
  private final String name;
  private final Duration pause;
  private final Consumer<String> notice;
  private final Thread thread;
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile Optional<StatusView> latest = Optional.empty();
  private volatile boolean gone;

  /**
   * Begins to watch when it is {@link #start}ed.
   *
   * @param pause between attempts to connect
   * @param notice takes each line of news; called on other threads
   */
  Watch(Path socket, String name, Duration pause, Consumer<String> notice) {
    this.socket = socket;
    this.name = name;
    this.pause = pause;
    this.notice = notice;
    this.thread = Thread.ofPlatform().daemon().name("shell-watch").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The newest picture; empty when there was none yet, or the engine is away. */
  Optional<StatusView> latest() {
    return gone ? Optional.empty() : latest;
  }

  /** Waits a little for the first picture, so that the first prompt knows something. */
  void awaitFirst(Duration atMost) throws InterruptedException {
    first.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        watchOnce();
        first.countDown();
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watchOnce() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (ViewClient client = ViewClient.connect(socket, name, PATIENCE, new Listener(ended))) {
      client.watch(OptionalLong.empty());
      ended.await();
      lost("the connection to the engine is lost; connecting again");
    } catch (ControlException e) {
      lost(e.getMessage());
    }
  }

  private void lost(String why) {
    if (!gone) {
      gone = true;
      notice.accept("ENGINE GONE: " + why);
    }
  }

  private final class Listener implements ViewClient.WatchListener {
    private final CountDownLatch ended;

    Listener(CountDownLatch ended) {
      this.ended = ended;
    }

    @Override
    public void changed(JsonText status) {
      StatusView now = status.as(StatusView.class);
      if (gone) {
        gone = false;
        notice.accept("ENGINE BACK: pid " + now.engine().pid() + ", " + now.engine().state());
      }
      latest.ifPresent(before -> Notices.between(before, now).forEach(notice));
      latest = Optional.of(now);
      first.countDown();
    }

    @Override
    public void closed(ControlException why) {
      ended.countDown();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
