package dev.riskmanager.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void takesLinesOfAnyEnding() throws Exception {
    LineReader reader = reader("first\nsecond\r\n\nlast without an end");

    assertThat(text(reader.read())).isEqualTo("first");
    assertThat(text(reader.read())).isEqualTo("second");
    assertThat(text(reader.read())).isEmpty();
    assertThat(reader.read()).isNull();
  }

  @Test
  void aCharacterMayArriveInPieces() throws Exception {
    String line = "Grüße, 口座 🛑";
    LineReader reader =
        new LineReader(new Dribble((line + "\n").getBytes(StandardCharsets.UTF_8), 1));

    assertThat(text(reader.read())).isEqualTo(line);
  }

  @Test
  void aLineMayBeExactlyAsLongAsAllowed() throws Exception {
    String longest = "x".repeat(Protocol.MAX_LINE_BYTES);

    assertThat(text(reader(longest + "\n").read())).isEqualTo(longest);
    assertThat(text(reader(longest + "\r\n").read())).isEqualTo(longest);
  }

  @Test
  void aByteMoreIsRefused() {
    String tooLong = "x".repeat(Protocol.MAX_LINE_BYTES + 1);

    assertThatThrownBy(() -> reader(tooLong + "\n").read())
        .isInstanceOf(LineReader.LineTooLongException.class)
        .hasMessageContaining("1048576");
    assertThatThrownBy(() -> reader(tooLong + "y").read())
        .isInstanceOf(LineReader.LineTooLongException.class);
    assertThatThrownBy(() -> reader(tooLong + "\r\n").read())
        .isInstanceOf(LineReader.LineTooLongException.class);
  }

  @Test
  void linesSurviveEveryCutOfTheStream() throws Exception {
    Random random = new Random(20251031);
    List<String> lines = new ArrayList<>();
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      String line = i + ":" + "a€b".repeat(random.nextInt(2000));
      lines.add(line);
      stream.append(line).append('\n');
    }
    byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);

    for (int piece : new int[] {7, 1000, 4096, 100_000}) {
      LineReader reader = new LineReader(new Dribble(bytes, piece));
      List<String> read = new ArrayList<>();
      for (byte[] line = reader.read(); line != null; line = reader.read()) {
        read.add(text(line));
      }
      assertThat(read).isEqualTo(lines);
    }
  }

  @Test
  void asksBeforeItGrowsAndGivesBack() throws Exception {
    List<Integer> held = new ArrayList<>(List.of(4096));
    LineReader reader =
        new LineReader(
            channel(("x".repeat(9000) + "\nshort\n").getBytes(StandardCharsets.UTF_8)),
            (from, to) -> {
              assertThat(from).isEqualTo(held.getLast());
              held.add(to);
              return true;
            });

    assertThat(text(reader.read())).hasSize(9000);
    assertThat(text(reader.read())).isEqualTo("short");
    assertThat(held).containsExactly(4096, 8192, 16384, 4096);
    reader.wipe();
    assertThat(held).last().isEqualTo(0);
  }

  @Test
  void stopsWhereItMayNotGrow() {
    LineReader reader = new LineReader(channel(new byte[9000]), (from, to) -> to <= 8192);

    assertThatThrownBy(reader::read)
        .isInstanceOf(LineReader.LineTooLongException.class)
        .hasMessageContaining("too many long lines");
  }

  private static LineReader reader(String text) {
    return new LineReader(channel(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static ReadableByteChannel channel(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  private static String text(byte @Nullable [] line) {
    return new String(requireNonNull(line), StandardCharsets.UTF_8);
  }

  /** Hands out a few bytes at a time, as a socket may. */
  private static final class Dribble implements ReadableByteChannel {
    private final ByteBuffer source;
    private final int piece;

    Dribble(byte[] bytes, int piece) {
      source = ByteBuffer.wrap(bytes);
      this.piece = piece;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (!source.hasRemaining()) {
        return -1;
      }
      int n = Math.min(piece, Math.min(source.remaining(), target.remaining()));
      target.put(source.slice(source.position(), n));
      source.position(source.position() + n);
      return n;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
