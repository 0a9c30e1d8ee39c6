package dev.riskmanager.daemon.control;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines that wait for a client to read them: answers in order, and at most one picture, always the
 * newest. Nobody ever waits to put something in. Thread-safe.
 */
final class Outbox {
  private final int waitingBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> answers = new ArrayDeque<>();
  private int bytes;
  private byte @Nullable [] picture;
  private boolean closed;
  private boolean idle = true;

  Outbox(int waitingBytes) {
    this.waitingBytes = waitingBytes;
  }

  /**
   * Puts an answer in.
   *
   * @return false if too much is waiting already; the line is not put in
   */
  boolean answer(byte[] line) {
    lock.lock();
    try {
      // One line always fits, however long it is.
      if (!answers.isEmpty() && bytes + line.length > waitingBytes) {
        return false;
      }
      answers.add(line);
      bytes += line.length;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Puts a picture in, instead of an older one that still waits. */
  void picture(byte[] line) {
    lock.lock();
    try {
      picture = line;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next line, waiting for it. Whoever takes the next has sent the one before.
   *
   * @return null when closed and empty
   */
  byte @Nullable [] take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      idle = true;
      changed.signalAll();
      while (true) {
        byte[] line = answers.poll();
        if (line != null) {
          bytes -= line.length;
          idle = false;
          return line;
        }
        line = picture;
        if (line != null) {
          picture = null;
          idle = false;
          return line;
        }
        if (closed) {
          return null;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a line has been taken and not yet sent. */
  boolean sending() {
    lock.lock();
    try {
      return !idle;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the sender end once all is sent. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
