package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.Notifications;
import dev.riskmanager.daemon.notify.HttpTargets;
import dev.riskmanager.daemon.notify.Notifier;
import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.RefusedStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a start that was refused: it is kept for those who ask for the engine in vain,
 * and those who are notified are told. A service tries again every two seconds; they are told once
 * an hour of the same.
 */
final class StartRefusal {
  private static final Logger LOG = LoggerFactory.getLogger("notify");

  /** A target that does not answer holds up the exit, and the next start with it, no longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration AGAIN = Duration.ofHours(1);

  private final HomeDir home;
  private final Map<String, String> environment;
  private final Instant now;
  private final List<Path> memories;

  StartRefusal(HomeDir home, Map<String, String> environment, Instant now) {
    this(home, environment, now, Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  /**
   * The same.
   *
   * @param elsewhere where it is remembered when the home's disk takes nothing
   */
  StartRefusal(HomeDir home, Map<String, String> environment, Instant now, Path elsewhere) {
    this.home = home;
    this.environment = environment;
    this.now = now;
    String own = "risk-manager-" + Integer.toHexString(home.root().toString().hashCode());
    this.memories = List.of(home.run(), elsewhere.resolve(own));
  }

  /** Keeps it, and tells of it if that is news. */
  void happened(StartException why) {
    if (!why.leavesUnprotected() || why.lines().isEmpty()) {
      return;
    }
    String line = why.lines().getFirst();
    RefusedStart refused = new RefusedStart(now, line);
    if (!isKnown(refused)) {
      remember(refused);
      tell("the engine cannot start: " + line + "; NOT PROTECTED until it runs");
    }
  }

  /** The engine runs. */
  void over() {
    for (Path directory : memories) {
      try {
        RefusedStart.clear(directory);
      } catch (IOException e) {
        LOG.debug("Not removed from {}", directory, e);
      }
    }
  }

  private boolean isKnown(RefusedStart refused) {
    return memories.stream()
        .filter(directory -> directory.equals(home.run()) || isOurs(directory))
        .map(RefusedStart::read)
        .flatMap(Optional::stream)
        .anyMatch(
            before ->
                before.why().equals(refused.why())
                    && !before.at().isAfter(now)
                    && before.at().plus(AGAIN).isAfter(now));
  }

  /** Another user could keep us silent by what he leaves where everybody may write. */
  private static boolean isOurs(Path directory) {
    try {
      return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS)
              .equals(
                  directory
                      .getFileSystem()
                      .getUserPrincipalLookupService()
                      .lookupPrincipalByName(System.getProperty("user.name", "")));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private void remember(RefusedStart refused) {
    for (Path directory : memories) {
      try {
        if (!directory.equals(home.run())) {
          Files.createDirectories(directory);
        }
        refused.write(directory);
        return;
      } catch (IOException e) {
        LOG.debug("Not kept in {}", directory, e);
      }
    }
  }

  private void tell(String text) {
    Notifications wanted;
    try {
      wanted =
          Configuration.load(
                  home,
                  environment,
                  AccountsFile.CredentialsUse.SKIP,
                  LocalDate.ofInstant(now, ZoneOffset.UTC))
              .files()
              .engine()
              .notifications();
    } catch (StartException e) {
      LOG.warn("Nobody can be told: {}", e.getMessage());
      return;
    }
    if (!wanted.any()) {
      return;
    }
    try (HttpTargets http = new HttpTargets(PATIENCE);
        Notifier notifier = new Notifier(NotificationParts.targets(wanted, http))) {
      notifier.tell(new Notice(Notice.Kind.ALARM, now, Optional.empty(), Optional.empty(), text));
      notifier.flush(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
