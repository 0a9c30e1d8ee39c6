package dev.riskmanager.replay;

import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.settings.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code risk-admin replay}: a recording through the same core, with its own clock. */
public final class Replay {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final String STDIN = "-";

  /** Taken for the trades of an export where nothing names an account. */
  private static final long SOME_ACCOUNT = 1;

  private Replay() {}

  /**
   * What to replay.
   *
   * @param config the directory of the rules; empty takes those that the recording says
   * @param events files, directories of recordings, or {@code -} for standard input; in this order
   * @param environment what {@code ${NAME}} in the configuration is replaced from
   * @param account whose trades an export holds
   * @param from what is decided before is not printed
   * @param to lines from then on are not read
   * @param keepRules changes of the configuration in the recording do not count
   * @param sweep {@code key=value,value,…}: a table instead of decisions
   * @param json the table as JSON; decisions always are
   * @param progress whether somebody watches standard error
   */
  public record Options(
      Optional<Path> config,
      List<String> events,
      Map<String, String> environment,
      OptionalLong account,
      Optional<Instant> from,
      Optional<Instant> to,
      boolean keepRules,
      Optional<String> sweep,
      boolean json,
      boolean progress) {}

  /**
   * Replays.
   *
   * @param in standard input
   * @param out decision lines, or the table, and nothing else
   * @param err everything else
   * @return 0 when everything was read to its end, else 1
   */
  public static int run(Options options, InputStream in, PrintWriter out, PrintWriter err) {
    Problems problems = new Problems();
    Optional<Rules> rules =
        options.config().map(dir -> ReplayRules.read(dir, options.environment(), problems));
    Optional<RuleBook> book = rules.map(given -> given.book(problems));
    Optional<Sweep> sweep = options.sweep().flatMap(text -> Sweep.parse(text, rules, problems));
    problems.warnings().forEach(warning -> err.println("warning: " + warning));
    if (problems.hasErrors()) {
      problems.errors().forEach(error -> err.println(error));
      return FAILED;
    }
    Messages messages = new Messages(err, options.progress());
    try {
      ReplayRun run =
          new ReplayRun(
              options.from().orElse(Instant.MIN), options.to().orElse(Instant.MAX), messages);
      Lane lane =
          sweep.isPresent()
              ? sweep.get().lane(messages)
              : decisions(rules, book, options, out, run, messages);
      boolean whole = true;
      for (String name : expanded(options.events())) {
        whole = whole && play(name, options, rules, in, run, lane, messages);
      }
      messages.done(run.lines(), lane.decisions());
      sweep.ifPresent(table -> table.print(options.json(), out));
      out.flush();
      return whole && !out.checkError() ? DONE : FAILED;
    } catch (Playback.NoRules e) {
      messages.say(String.valueOf(e.getMessage()));
      return FAILED;
    } catch (IOException e) {
      messages.say("cannot read the events: " + e.getMessage());
      return FAILED;
    }
  }

  private static Lane decisions(
      Optional<Rules> rules,
      Optional<RuleBook> book,
      Options options,
      PrintWriter out,
      ReplayRun run,
      Messages messages) {
    Lane lane =
        new DecisionsLane(
            new Playback(rules, book, options.keepRules(), messages::about), out, run);
    return rules.isPresent() && book.isPresent()
        ? new RecordedRules(book.get(), rules.get(), lane, messages::say)
        : lane;
  }

  /** Plays one file; false when it could not be read to its end. */
  private static boolean play(
      String name,
      Options options,
      Optional<Rules> rules,
      InputStream in,
      ReplayRun run,
      Lane lane,
      Messages messages)
      throws IOException {
    AccountId account =
        new AccountId(
            options
                .account()
                .orElseGet(
                    () ->
                        rules.stream()
                            .flatMap(r -> r.accounts().stream())
                            .mapToLong(one -> one.id().value())
                            .findFirst()
                            .orElse(SOME_ACCOUNT)));
    String shown = name.equals(STDIN) ? "standard input" : name;
    try (EventLines lines = name.equals(STDIN) ? EventLines.of(in) : EventLines.of(Path.of(name));
        LineSource source = LineSource.open(shown, lines, account, messages::say)) {
      run.play(source, lane);
      return true;
    } catch (LineSource.Broken e) {
      messages.say(String.valueOf(e.getMessage()));
      return false;
    } catch (java.nio.file.NoSuchFileException e) {
      throw new IOException("there is no file " + name, e);
    }
  }

  /** Directories stand for the recordings in them, in the order of their names. */
  private static List<String> expanded(List<String> events) throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : events) {
      if (name.equals(STDIN) || !Files.isDirectory(Path.of(name))) {
        files.add(name);
        continue;
      }
      int before = files.size();
      try (Stream<Path> inside = Files.list(Path.of(name))) {
        inside
            .map(Path::toString)
            .filter(file -> file.endsWith(".jsonl") || file.endsWith(".jsonl.gz"))
            .sorted()
            .forEach(files::add);
      } catch (UncheckedIOException e) {
        throw new IOException(String.valueOf(e.getMessage()), e);
      }
      if (files.size() == before) {
        throw new IOException("there are no recordings (*.jsonl) in " + name);
      }
    }
    return files;
  }
}
