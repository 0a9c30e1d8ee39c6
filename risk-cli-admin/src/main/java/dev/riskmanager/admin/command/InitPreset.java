package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.Setup;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which preset of rules a new home begins with. */
final class InitPreset {
  private static final String DEFAULT = "moderate";

  private InitPreset() {}

  /**
   * The one given, or the one that is asked for with all their numbers in view, so that nobody
   * chooses a word.
   */
  static String choose(@Nullable String given, PrintWriter out) throws CommandException {
    if (given != null) {
      return given;
    }
    if (!Options.onTerminal()) {
      return DEFAULT;
    }
    for (String one : Setup.presets()) {
      out.println("Preset " + one + ":");
      List<String> numbers = Setup.settingsOf(one);
      numbers.forEach(line -> out.println("  " + line));
      if (numbers.isEmpty()) {
        out.println("  no rule is on; you write your own");
      }
    }
    out.flush();
    while (true) {
      String answer = Questions.askOr("Preset [" + DEFAULT + "]: ", DEFAULT);
      if (Setup.presets().contains(answer)) {
        return answer;
      }
      out.println(
          "there is no preset " + answer + ", but " + String.join(", ", Setup.presets()) + ":");
      out.flush();
    }
  }
}
