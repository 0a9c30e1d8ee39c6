package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.Durations;
import dev.riskmanager.admin.render.LockoutsText;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.wire.LockRequest;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.WireJson;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code lock} does.
 *
 * @param account the venue's id of the account
 * @param end when it ends
 * @param reason why
 */
record Lock(long account, End end, @Nullable String reason) implements Urgent.Act {
  static final Set<String> FLAGS = Set.of("--yes");
  static final Set<String> VALUES = Set.of("--for", "--until", "--reason");

  /** When it ends, read off a clock where it was given as a time from now. */
  @FunctionalInterface
  interface End {
    Instant from(InstantSource clock);

    /** As {@code --for} has it; empty when it is not written like one. */
    static Optional<End> after(String written) {
      return Durations.parse(written)
          .map(duration -> clock -> fullSecond(clock.instant().plus(duration)));
    }

    /** Later rather than sooner: nobody reads further. */
    private static Instant fullSecond(Instant time) {
      return time.plusSeconds(1).minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
    }

    /** As {@code --until} has it; empty when it is not written like one. */
    static Optional<End> at(String written) {
      try {
        Instant time = Instant.parse(written);
        return Optional.of(clock -> time);
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
  }

  /** Null when it has no end, two, or one that is not understood. */
  static @Nullable Lock of(PlainArgs args) {
    String after = args.value("--for");
    String at = args.value("--until");
    if ((after == null) == (at == null)) {
      return null;
    }
    Optional<End> end = after == null ? End.at(String.valueOf(at)) : End.after(after);
    return end.map(known -> new Lock(args.account(), known, args.value("--reason"))).orElse(null);
  }

  @Override
  public int run(Options options, Printers to) throws Exception {
    Instant until = end.from(InstantSource.system());
    String why = Questions.reason(reason);
    LockoutRecord lockout =
        options.reducing(
            (client, password) -> client.lock(new LockRequest(account, until, why), password));
    if (options.json()) {
      to.out().println(WireJson.write(lockout));
    } else {
      LockoutsText.lines(List.of(lockout)).forEach(to.out()::println);
    }
    return 0;
  }
}
