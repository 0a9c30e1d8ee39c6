package dev.riskmanager.replay;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What goes to standard error: what was left out, progress for who watches, and the end. */
final class Messages {
  /** Of a file that is none, nobody reads more. */
  private static final int MOST = 1_000;

  private static final long STEP = 50_000;

  private final PrintWriter err;
  private final boolean progress;
  private @Nullable LineSource source;
  private long complaints;
  private boolean shown;

  Messages(PrintWriter err, boolean progress) {
    this.err = err;
    this.progress = progress;
  }

  void reading(LineSource from) {
    source = from;
  }

  /** Something is to be said of the line under way. */
  void about(String text) {
    complaints++;
    if (complaints <= MOST) {
      say((source == null ? "" : source.place() + ": ") + text);
    } else if (complaints == MOST + 1) {
      say("more is left out than is worth telling; the rest is only counted");
    }
  }

  void say(String text) {
    clear();
    err.println(text);
  }

  /** Shows where it is, now and then. */
  void progress(long lines) {
    if (progress && lines % STEP == 0) {
      err.print(String.format(Locale.ROOT, "\r%,d lines", lines));
      err.flush();
      shown = true;
    }
  }

  private void clear() {
    if (shown) {
      err.print("\r\u001b[K");
      shown = false;
    }
  }

  void done(long lines, long decisions) {
    say(
        lines
            + (lines == 1 ? " line, " : " lines, ")
            + decisions
            + (decisions == 1 ? " decision" : " decisions")
            + (complaints == 0 ? "" : "; " + complaints + " left out or failed, see above"));
    err.flush();
  }
}
