package dev.riskmanager.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds at a moment.
 *
 * @param rssKiB resident memory
 * @param heapKiB the heap's live objects, after a full collection
 * @param fds open file descriptors
 * @param walBytes size of the database's write-ahead log
 * @param dataBytes size of everything in the home
 */
record Vitals(
    long rssKiB, long heapKiB, int threads, int fds, long walBytes, long dataBytes, double cpu) {
  private static final Pattern USED = Pattern.compile("(?:total|used) \\d+K, used (\\d+)K");
  private static final Pattern NUMBER = Pattern.compile("(\\d+)");

  /** Looks at a process of this user, with {@code /proc} and the {@code jcmd} of this Java. */
  static Vitals of(long pid, Path home) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    long heap = 0;
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info").split("Metaspace", -1)[0]);
    while (used.find()) {
      heap += Long.parseLong(used.group(1));
    }
    return new Vitals(
        status(pid, "VmRSS:"),
        heap,
        (int) status(pid, "Threads:"),
        descriptors(pid),
        size(home.resolve("data/risk.db-wal")),
        sizeOfAll(home),
        cpuSeconds(pid));
  }

  private static long status(long pid, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      Matcher number = NUMBER.matcher(line);
      if (line.startsWith(name) && number.find()) {
        return Long.parseLong(number.group(1));
      }
    }
    throw new IOException("no " + name + " of process " + pid);
  }

  private static int descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return (int) open.count();
    }
  }

  /** User and system time, at the usual hundred ticks a second. */
  private static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / 100.0;
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static long sizeOfAll(Path home) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += size(file);
      }
    }
    return sum;
  }

  private static String jcmd(long pid, String... command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    List<String> line = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
    line.addAll(List.of(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("jcmd " + String.join(" ", command) + ": " + text);
    }
    return text;
  }

  static String head() {
    return "minute  rss MiB  heap MiB  threads  fds  wal KiB  home MiB  cpu s";
  }

  String row(double minute) {
    return String.format(
        Locale.ROOT,
        "%6.1f %8.1f %9.2f %8d %4d %8d %9.2f %6.1f",
        minute,
        rssKiB / 1024.0,
        heapKiB / 1024.0,
        threads,
        fds,
        walBytes / 1024,
        dataBytes / 1048576.0,
        cpu);
  }
}
