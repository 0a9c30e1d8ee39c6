package dev.riskmanager.replay;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A replay in a process of its own: {@code CONFIG EVENTS}. */
final class ReplayChild {
  private ReplayChild() {}

  public static void main(String[] args) {
    PrintWriter out =
        new PrintWriter(new PrintStream(System.out, false, StandardCharsets.UTF_8), false);
    int code =
        Replay.run(
            new Replay.Options(
                Optional.of(Path.of(args[0])),
                List.of(args[1]),
                Map.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                false),
            new ByteArrayInputStream(new byte[0]),
            out,
            new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(code);
  }
}
