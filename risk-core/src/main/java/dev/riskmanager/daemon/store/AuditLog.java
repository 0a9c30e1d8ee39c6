package dev.riskmanager.daemon.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * {@code audit.log}, a record a line, and the files of earlier days: {@code audit.2025-10-31.log},
 * gzipped by whoever likes to. The day is that (UTC) of a file's first record. Lines of other kinds
 * (an older version wrote some) are passed over. Not safe for many threads.
 */
final class AuditLog {
  /** How long the files of earlier days are kept. */
  private static final int DAYS_KEPT = 365;

  private static final Pattern NAME =
      Pattern.compile("audit\\.(\\d{4}-\\d{2}-\\d{2})((?:-\\d+)?)\\.log(?:\\.gz)?");

  private final Path directory;
  private final Path current;
  private Optional<LocalDate> day = Optional.empty(); // of the current file, when it is known
  private long length = -1; // of what is whole in the current file; -1 when it is not known
  private boolean half; // a write failed: what is behind that length is ours

  AuditLog(Path directory) {
    this.directory = directory;
    this.current = directory.resolve("audit.log");
  }

  /**
   * A line that should be a record.
   *
   * @param record empty when it is none
   */
  record Line(Path file, int number, Optional<AuditRecord> record) {
    boolean isSound() {
      return record.filter(AuditRecord::isSound).isPresent();
    }
  }

  /** Everything that is kept, oldest first. */
  List<Line> read() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Path file : files()) {
      read(file, lines);
    }
    return lines;
  }

  /**
   * The lines of the current file that are no records, or not as they were written. A last line
   * without its end is what a crash cut off.
   */
  List<String> changed() throws IOException {
    List<Line> lines = new ArrayList<>();
    if (Files.exists(current)) {
      read(current, lines);
      if (!lines.isEmpty() && wholeLines() < Files.size(current)) {
        lines.removeLast();
      }
    }
    return lines.stream()
        .filter(line -> !line.isSound())
        .map(line -> "audit.log line " + line.number() + " was changed: its hash does not fit")
        .toList();
  }

  /** The first line that should be a record and is not as it was written, for people. */
  static Optional<String> firstChanged(List<Line> lines) {
    return lines.stream()
        .filter(line -> !line.isSound())
        .findFirst()
        .map(line -> line.file().getFileName() + " line " + line.number() + " was changed");
  }

  /** The last sound record; empty when there is none. */
  Optional<AuditRecord> newest() throws IOException {
    for (Path file : files().reversed()) {
      List<Line> lines = new ArrayList<>();
      read(file, lines);
      for (Line line : lines.reversed()) {
        if (line.isSound()) {
          return line.record();
        }
      }
    }
    return Optional.empty();
  }

  /** Files of earlier days, oldest first, then the current one. */
  private List<Path> files() throws IOException {
    SortedMap<String, Path> dated = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "audit.*")) {
        for (Path entry : entries) {
          Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
          if (name.matches()) {
            dated.put(name.group(1) + " " + name.group(2).length() + name.group(2), entry);
          }
        }
      }
    }
    List<Path> files = new ArrayList<>(dated.values());
    if (Files.exists(current)) {
      files.add(current);
    }
    return files;
  }

  private static void read(Path file, List<Line> lines) throws IOException {
    boolean zipped = file.toString().endsWith(".gz");
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = zipped ? new GZIPInputStream(bytes) : bytes;
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    plain,
                    StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.startsWith("{")) {
          lines.add(new Line(file, number, record(line)));
        }
      }
    }
  }

  private static Optional<AuditRecord> record(String line) {
    try {
      return Optional.of(AuditRecord.ofLine(line));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * Appends records, each to the file of its day or the one that is open already, and returns when
   * the disk has them. After an exception what was begun is taken back by the next call.
   *
   * @throws Changed when somebody else has changed the file meanwhile; nothing was written
   */
  void append(List<AuditRecord> records) throws IOException {
    long there = Files.exists(current) ? Files.size(current) : 0;
    if (length >= 0 && (there < length || there > length && !half)) {
      throw new Changed(current);
    }
    for (int from = 0; from < records.size(); ) {
      LocalDate today = records.get(from).day();
      prepare(today);
      int to = from;
      StringBuilder text = new StringBuilder();
      while (to < records.size() && !records.get(to).day().isAfter(day.orElse(today))) {
        text.append(records.get(to).line()).append('\n');
        to++;
      }
      write(text.toString().getBytes(StandardCharsets.UTF_8));
      from = to;
    }
  }

  /** Another program has written to the log, shortened it or taken it away. */
  static final class Changed extends IOException {
    private static final long serialVersionUID = 1;

    Changed(Path file) {
      super(file + " was changed by another program");
    }
  }

  /** Makes the current file the one of that day, unless it is a later day's. */
  private void prepare(LocalDate today) throws IOException {
    if (length < 0) {
      adopt();
    }
    if (day.isPresent() && day.get().isBefore(today)) {
      Files.move(current, free(day.get()));
      length = 0;
      day = Optional.empty();
    }
    if (Files.notExists(current)) {
      try {
        PrivateFiles.create(current);
      } catch (FileAlreadyExistsException _) {
        // Just as good.
      }
      PrivateFiles.forceDirectory(directory);
      length = 0;
    }
    if (day.isEmpty()) {
      day = Optional.of(today);
    }
  }

  /** A name for the file of that day that is not taken. */
  private Path free(LocalDate of) {
    Path name = directory.resolve("audit." + of + ".log");
    for (int i = 2; Files.exists(name) || Files.exists(Path.of(name + ".gz")); i++) {
      name = directory.resolve("audit." + of + "-" + i + ".log");
    }
    return name;
  }

  /** Takes over the file of an earlier run: up to its last whole line. */
  private void adopt() throws IOException {
    day = Optional.empty();
    if (Files.notExists(current)) {
      length = 0;
      return;
    }
    PrivateFiles.restrict(current);
    List<Line> lines = new ArrayList<>();
    read(current, lines);
    for (Line line : lines) {
      if (line.isSound()) {
        day = Optional.of(line.record().orElseThrow().day());
        break;
      }
    }
    length = wholeLines();
  }

  /** Bytes up to the last line feed: what a crash cut off behind it is written again. */
  private long wholeLines() throws IOException {
    try (FileChannel channel = FileChannel.open(current, StandardOpenOption.READ)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      for (long end = channel.size(); end > 0; end--) {
        one.clear();
        channel.read(one, end - 1);
        if (one.get(0) == '\n') {
          return end;
        }
      }
      return 0;
    }
  }

  private void write(byte[] text) throws IOException {
    try (FileChannel channel = FileChannel.open(current, StandardOpenOption.WRITE)) {
      half = true;
      channel.truncate(length);
      ByteBuffer bytes = ByteBuffer.wrap(text);
      long at = length;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
      length = at;
      half = false;
    }
  }

  /**
   * Moves the current file aside, to be kept and not read: it says what did not happen.
   *
   * @return where it is now; where it would be when there is none
   */
  Path setAside(String suffix) throws IOException {
    Path aside = directory.resolve("audit.log." + suffix);
    if (Files.exists(current)) {
      Files.move(current, aside, StandardCopyOption.REPLACE_EXISTING);
      PrivateFiles.forceDirectory(directory);
    }
    length = 0;
    half = false;
    day = Optional.empty();
    return aside;
  }

  /**
   * Removes files of days long ago.
   *
   * @param needed the day of the oldest lockout in force: it and later ones stay
   */
  void prune(LocalDate today, LocalDate needed) throws IOException {
    LocalDate limit = today.minusDays(DAYS_KEPT);
    for (Path file : files()) {
      Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
      if (name.matches()) {
        LocalDate of = dayOf(name.group(1)).orElse(LocalDate.MAX);
        // One day more, in case a clock was set back.
        if (of.isBefore(limit) && of.isBefore(needed.minusDays(1))) {
          Files.delete(file);
        }
      }
    }
  }

  private static Optional<LocalDate> dayOf(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
