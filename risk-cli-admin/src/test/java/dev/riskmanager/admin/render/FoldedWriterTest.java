package dev.riskmanager.admin.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FoldedWriterTest {
  private static final String LINE = "  wrote one thing and another and a third one";

  private final StringWriter screen = new StringWriter();

  private PrintWriter out(int columns) {
    return new PrintWriter(new FoldedWriter(screen, () -> columns), true);
  }

  @Test
  void whatIsLongerThanTheTerminalIsBrokenBetweenWords() {
    out(40).println(LINE);
    assertThat(screen).hasToString("  wrote one thing and another and a\n          third one\n");
  }

  @Test
  void whatFitsAndAnUnknownTerminalLeaveItAsItIs() {
    out(LINE.length()).println(LINE);
    out(0).println(LINE);
    assertThat(screen).hasToString(LINE + "\n" + LINE + "\n");
  }

  /** A question waits at the end of its line. */
  @Test
  void whatIsFlushedIsThere() {
    PrintWriter out = out(40);
    out.print("Really?");
    out.flush();
    assertThat(screen).hasToString("Really?");
    out.println(" " + "x y ".repeat(20));
    out.println("next");
    assertThat(screen).hasToString("Really? " + "x y ".repeat(20) + "\nnext\n");
  }

  /** The decisions of a replay are lines of JSON, with reasons in words. */
  @Test
  void aLineOfJsonIsNotBroken() {
    String json = "{\"decision\":\"violation\",\"reason\":\"one of many words\"}";
    out(40).println(json);
    assertThat(screen).hasToString(json + "\n");
  }

  @Test
  void theTextOfAFileIsNotBroken() {
    FoldedWriter.exactly(out(40), LINE + "\n\n" + LINE + "\n");
    assertThat(screen).hasToString(LINE + "\n\n" + LINE + "\n");
  }

  @Test
  void aColourTakesNoRoomAndALongWordBehindBlanksNoLine() {
    out(45).println("\033[31m" + LINE.substring(0, 40) + "\033[0m");
    out(45).println("  " + "x".repeat(60));
    assertThat(screen)
        .hasToString("\033[31m" + LINE.substring(0, 40) + "\033[0m\n  " + "x".repeat(60) + "\n");
  }
}
