package dev.riskmanager.daemon.notify;

import dev.riskmanager.daemon.port.Notice;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Notices as text for a person. */
final class Wording {
  private Wording() {}

  /**
   * A line for each notice, cut to what the target takes.
   *
   * @param longest characters
   */
  static String lines(List<Notice> notices, long lost, int longest) {
    List<String> lines = new ArrayList<>();
    notices.forEach(notice -> lines.add(line(notice)));
    if (lost > 0) {
      lines.add("(" + lost + " earlier notice(s) could not be delivered; see the engine's log)");
    }
    String text = String.join("\n", lines);
    return text.length() <= longest ? text : text.substring(0, longest - 2) + " …";
  }

  /** {@code LOCKOUT 2025-10-31T17:21:19Z account 13298777: …}. */
  static String line(Notice notice) {
    return title(notice) + " " + notice.at().truncatedTo(ChronoUnit.SECONDS) + ": " + notice.text();
  }

  /** {@code LOCKOUT account 13298777}. */
  static String title(Notice notice) {
    return notice.kind().key().toUpperCase(Locale.ROOT)
        + notice.account().map(id -> " account " + id).orElse("");
  }

  /** For a subject: the first, and how many more. */
  static String subject(List<Notice> notices) {
    Notice first = notices.get(0);
    String more = notices.size() == 1 ? "" : " (and " + (notices.size() - 1) + " more)";
    String text = (title(first) + ": " + first.text()).replaceAll("\\p{Cntrl}+", " ");
    return "Risk Manager: " + (text.length() <= 100 ? text : text.substring(0, 100) + " …") + more;
  }
}
