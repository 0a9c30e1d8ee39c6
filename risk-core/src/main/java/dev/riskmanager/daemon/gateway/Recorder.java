package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.port.EventTap;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.RecordingEncoder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Writes a recording, a new file at every start, on a thread of its own.
 *
 * <p>A recording is whole or it ends: when the disk cannot keep up or fails, recording stops, says
 * so, and what was written stays. It never holds the loop up.
 */
public final class Recorder implements EventTap, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  /** Minutes of a busy market; more would only hide a disk that is too slow. */
  static final int QUEUE = 50_000;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Consumer<String> problem;
  private final Path file;
  private final Thread writer;

  private sealed interface Entry {}

  private record Event(Instant t, RiskEvent event) implements Entry {}

  private record Other(Instant t, String name, JsonNode data) implements Entry {}

  /**
   * Begins a file.
   *
   * @param directory is made if it is not there
   * @param startedAt names the file
   * @param problem told once when recording stops before its time
   * @throws IOException when the file cannot be made
   */
  public Recorder(Path directory, Instant startedAt, Consumer<String> problem) throws IOException {
    this(made(directory).resolve("recording-" + STAMP.format(startedAt) + ".jsonl"), problem);
  }

  Recorder(Path file, Consumer<String> problem) throws IOException {
    this.problem = problem;
    this.file = file;
    make(file);
    BufferedWriter out =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.writer = Thread.ofPlatform().daemon().name("recorder").start(() -> run(out));
  }

  /** For the engine's own user alone: it holds every trade. */
  private static Path made(Path directory) throws IOException {
    return Files.createDirectories(directory, attributes(directory, "rwx------"));
  }

  private static void make(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, attributes(file, "rw-------"));
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Where it is written. */
  public Path file() {
    return file;
  }

  @Override
  public void taken(Instant at, RiskEvent event) {
    offer(new Event(at, event));
  }

  @Override
  public void configured(Instant at, String rules) {
    write(at, "ConfigChanged", WireJson.read(rules));
  }

  /** Something that is not an event of the core: {@code EngineStarted}, {@code ConfigChanged}. */
  public void write(Instant at, String name, JsonNode data) {
    offer(new Other(at, name, data));
  }

  private void offer(Entry entry) {
    if (!stopped.get() && !queue.offer(entry)) {
      stop("the disk is too slow");
    }
  }

  private void stop(String why) {
    if (!stopped.getAndSet(true)) {
      LOG.error("Recording to {} stopped: {}", file, why);
      problem.accept("recording to " + file + " stopped: " + why);
    }
  }

  private void run(BufferedWriter out) {
    try (out) {
      boolean more = true;
      while (more) {
        // Read before the queue: what was offered before the end is written.
        boolean last = stopped.get();
        Entry entry = queue.poll(100, TimeUnit.MILLISECONDS);
        if (entry == null) {
          out.flush();
          more = !last;
        } else {
          out.write(line(entry));
          out.write('\n');
        }
        if (queue.isEmpty()) {
          // What was written should be there when the process dies now.
          out.flush();
        }
      }
    } catch (IOException | RuntimeException e) {
      stop(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop("interrupted");
    }
  }

  private static String line(Entry entry) {
    return switch (entry) {
      case Event(Instant t, RiskEvent event) -> RecordingEncoder.line(t, event);
      case Other(Instant t, String name, JsonNode data) -> RecordingEncoder.line(t, name, data);
    };
  }

  /** Writes what waits and ends the file; waits for it up to five seconds. */
  @Override
  public void close() {
    stopped.set(true);
    try {
      writer.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
