package dev.riskmanager.trader.feed;

import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The engine's pictures as they come, and the connection they come through: made again whenever it
 * breaks, and asked for a sign of life when it is silent.
 *
 * <p>Thread-safe. One thread of its own makes connections and asks questions; pictures arrive on
 * the connection's.
 */
public final class Feed implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(2);

  /** Pauses between attempts to connect; the last one for ever. */
  private static final List<Duration> RETRY =
      List.of(
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(1));

  private final Path socket;
  private final String client;
  private final OptionalLong account;
  private final LongSupplier nanos;
  private final Runnable changed;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private FeedState state = FeedState.START;
  private final Questions questions = new Questions();
  private @Nullable Watcher current;
  private boolean unreadable;
  private boolean closed;

  private final Thread thread = Thread.ofPlatform().daemon().name("feed").unstarted(this::run);

  /**
   * A feed that has not begun.
   *
   * @param socket the view socket
   * @param client name and version of this program
   * @param account only this account, or empty for all
   * @param nanos a monotonic clock in nanoseconds
   * @param changed called after every change, on threads of the feed; must be quick
   */
  public Feed(
      Path socket, String client, OptionalLong account, LongSupplier nanos, Runnable changed) {
    this.socket = socket;
    this.client = client;
    this.account = account;
    this.nanos = nanos;
    this.changed = changed;
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /**
   * What is known now.
   *
   * @return the newest
   */
  public FeedState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says what shall be kept answered from now on.
   *
   * @param wish the questions, and what they are about
   */
  public void want(Wish wish) {
    lock.lock();
    try {
      if (questions.want(wish)) {
        woken.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends; nothing is called any more afterwards. Does not wait. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    int failures = 0;
    while (!isClosed()) {
      Duration pause = RETRY.get(Math.min(failures, RETRY.size() - 1));
      Watcher watcher = begin();
      try (ViewClient engine = ViewClient.connect(socket, client, TIMEOUT, watcher)) {
        engine.watch(account);
        connected(watcher);
        failures = 0;
        stay(engine, watcher);
        pause = RETRY.getFirst();
      } catch (ControlException e) {
        gone(watcher, e);
        failures++;
      } catch (RuntimeException | Error e) {
        // A defect. It is shown, and the next picture may be one that can be taken in.
        gone(watcher, new ControlException.NotTakenIn(e));
        pause = RETRY.getLast();
      }
      pause(pause);
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private Watcher begin() {
    Watcher watcher = new Watcher();
    lock.lock();
    try {
      current = watcher;
      unreadable = false;
      questions.allAgain();
    } finally {
      lock.unlock();
    }
    return watcher;
  }

  private void connected(Watcher watcher) {
    lock.lock();
    try {
      if (current == watcher) {
        state = new FeedState(true, null, state.picture(), state.answers());
      }
    } finally {
      lock.unlock();
    }
    tell();
  }

  /** Ignores a connection that has been replaced already, and the second word of one that ended. */
  private void gone(Watcher watcher, ControlException why) {
    lock.lock();
    try {
      if (current != watcher) {
        return;
      }
      current = null;
      state = new FeedState(false, why, state.picture(), state.answers());
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    tell();
  }

  private void tell() {
    if (!isClosed()) {
      changed.run();
    }
  }

  private void pause(Duration time) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!closed && left > 0) {
        left = woken.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Stays until the connection is lost or the feed closed. */
  private void stay(ViewClient engine, Watcher watcher) throws ControlException {
    while (true) {
      Question question;
      Wish wish;
      lock.lock();
      try {
        if (closed || current != watcher) {
          return;
        }
        question = questions.due(state.picture(), nanos.getAsLong());
        wish = questions.wish();
        if (question != null) {
          questions.asked(question, state.picture(), nanos.getAsLong());
        } else if (!silent()) {
          // Whatever arrives wakes us; the timeout is for the silence.
          var unused = woken.await(SILENCE.toMillis() / 4, TimeUnit.MILLISECONDS);
          continue;
        } else {
          // One that cannot be read while this is asked is newer than the answer may be.
          unreadable = false;
        }
      } catch (InterruptedException e) {
        return;
      } finally {
        lock.unlock();
      }
      try {
        if (question == null) {
          accept(engine.status(account), true);
        } else {
          answer(Asking.ask(engine, question, wish));
        }
      } catch (ControlException.TimedOut e) {
        // The engine is there and slow; the age of the picture tells.
        askAgain(question);
        missing(question == null);
      } catch (ControlException.Refused e) {
        refused(question, e);
      } catch (RuntimeException e) {
        if (question == null) {
          throw e;
        }
        // A page is missing; what counts goes on.
        String why = new ControlException.NotTakenIn(e).getMessage();
        answer(answers -> answers.refused(question, why));
      }
    }
  }

  private boolean silent() {
    Picture picture = state.picture();
    return unreadable
        || picture == null
        || nanos.getAsLong() - picture.atNanos() > SILENCE.toNanos();
  }

  private void missing(boolean picture) {
    lock.lock();
    try {
      unreadable |= picture;
    } finally {
      lock.unlock();
    }
  }

  private void askAgain(@Nullable Question question) {
    if (question == null) {
      return;
    }
    lock.lock();
    try {
      questions.again(question);
    } finally {
      lock.unlock();
    }
  }

  private void answer(UnaryOperator<Answers> change) {
    lock.lock();
    try {
      state =
          new FeedState(
              state.connected(), state.trouble(), state.picture(), change.apply(state.answers()));
    } finally {
      lock.unlock();
    }
    tell();
  }

  private void refused(@Nullable Question question, ControlException.Refused why)
      throws ControlException {
    if (question == null) {
      throw why;
    }
    answer(answers -> answers.refused(question, why.getMessage()));
  }

  private void accept(StatusView status, boolean asked) {
    lock.lock();
    try {
      Picture known = state.picture();
      // A picture that was asked for may have been overtaken by one that was pushed.
      if (asked && known != null && status.asOf().isBefore(known.status().asOf())) {
        return;
      }
      Picture picture = new Picture(status, nanos.getAsLong());
      state = new FeedState(state.connected(), state.trouble(), picture, state.answers());
      unreadable &= asked;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    tell();
  }

  private final class Watcher implements ViewClient.WatchListener {
    @Override
    public void changed(JsonText json) {
      try {
        accept(json.as(StatusView.class), false);
      } catch (RuntimeException e) {
        // Our own thread asks for a picture and gets the error that tells the user what to do.
        lock.lock();
        try {
          unreadable = true;
          woken.signalAll();
        } finally {
          lock.unlock();
        }
      }
    }

    @Override
    public void closed(ControlException why) {
      gone(this, why);
    }
  }
}
