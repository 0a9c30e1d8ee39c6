package dev.riskmanager.trader.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What arrives at a real terminal. */
class TtyTerminalTest {
  @Test
  void charactersOfTwoHalvesArriveWhole() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Display display =
        Display.on(TtyTerminal.to(bytes, InputStream.nullInputStream()), ColorDepth.NONE);

    display.draw(List.of(Line.of("🚀 Funded 日本").fit(20)));
    display.draw(List.of(Line.of("🚀 Funded 🎯").fit(20)));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("🚀 Funded 日本", "🎯")
        .doesNotContain("?F", "??");
  }
}
