package dev.riskmanager.daemon.config;

import java.util.Locale;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says what a YAML syntax error usually means, in the words of somebody who edits a file. */
final class YamlErrors {
  private YamlErrors() {}

  static String explain(MarkedYamlEngineException error, String text) {
    Mark mark = error.getProblemMark().or(error::getContextMark).orElse(null);
    if (mark != null && (tab(error) || startsWithTab(text, mark.getLine()))) {
      return "a tab; indent with spaces";
    }
    String problem = error.getProblem() == null ? "" : error.getProblem();
    String context = error.getContext() == null ? "" : error.getContext();
    String opened =
        error
            .getContextMark()
            .map(at -> " (it begins in line " + (at.getLine() + 1) + ")")
            .orElse("");
    String lower = problem.toLowerCase(Locale.ROOT);
    if (context.contains("quoted scalar") && lower.contains("end of stream")) {
      return "a quote is not closed" + opened + "; close it";
    }
    if (context.contains("flow mapping") || context.contains("flow sequence")) {
      boolean mapping = context.contains("flow mapping");
      return "a comma or the closing "
          + (mapping ? "}" : "]")
          + " is missing"
          + opened
          + "; add it";
    }
    if (lower.contains("mapping values are not allowed")) {
      return "a colon where no key can stand; put the text in quotes, or start a new line";
    }
    if (lower.contains("could not find expected ':'")) {
      return "a key without a colon" + opened + "; write `key: value`";
    }
    if (context.contains("block mapping") && lower.contains("found ':'")) {
      return "a key is missing before the colon";
    }
    if (context.contains("block mapping") || context.contains("block collection")) {
      return "the indentation does not fit the section" + opened + "; align it with the other keys";
    }
    if (lower.contains("cannot start any token")) {
      return problem.replaceFirst("\\. \\(Do not use .*", "") + "; put the text in quotes";
    }
    return (context.isEmpty() ? "" : context + ": ") + problem;
  }

  private static boolean tab(MarkedYamlEngineException error) {
    return error.getProblem() != null && error.getProblem().contains("TAB");
  }

  private static boolean startsWithTab(String text, int line) {
    String content = text.lines().skip(line).findFirst().orElse("");
    return content.stripLeading().length() < content.length()
        && content.substring(0, content.length() - content.stripLeading().length()).contains("\t");
  }
}
