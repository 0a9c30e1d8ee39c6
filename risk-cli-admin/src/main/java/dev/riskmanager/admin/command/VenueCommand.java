package dev.riskmanager.admin.command;

import dev.riskmanager.sim.Venue;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code venue}: the simulated venue alone. */
@Command(
    name = "venue",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the simulated venue on a loopback port until it is interrupted. Its first line of"
          + " output",
      "is {\"url\":\"http://127.0.0.1:PORT\"}: REST under /api, hubs under /hubs, login demo /"
          + " demo."
    },
    footer = {
      "",
      "Examples:",
      "  risk-admin venue --port 8090",
      "  risk-admin venue --seed 7 --knob latency_ms=50 --knob payload=flat"
    })
public final class VenueCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The port; a free one by default.")
  private int port;

  @Option(
      names = "--account",
      paramLabel = "ID",
      defaultValue = "13298777",
      description = "An account it has; may be given several times. Default ${DEFAULT-VALUE}.")
  private List<Long> accounts = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "A seeded random walk instead of the recorded prices.")
  private @Nullable Long seed;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "Keeps the books in a file, and goes on with those it holds.")
  private @Nullable Path ledger;

  @Option(
      names = "--knob",
      paramLabel = "NAME=VALUE",
      description = "Sets a knob; may be given several times. A wrong name lists all there are.")
  private List<String> knobs = List.of();

  @Override
  public Integer call() {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    return Venue.run(
        new Venue.Options(
            port,
            accounts,
            seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
            Optional.ofNullable(ledger),
            knobs),
        out,
        err,
        InstantSource.system());
  }
}
