package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Place;
import dev.riskmanager.domain.settings.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a YAML 1.2 file (core schema; no anchors, aliases or tags) into a {@link ConfigNode} tree
 * whose nodes know their line and column. Whatever is wrong goes to {@link Problems} as one line;
 * nothing here throws for the content of a file.
 *
 * <p>Stateless; any thread.
 */
public final class YamlFile {
  /** Larger files are refused before they are parsed: no configuration is near it. */
  public static final int MAX_BYTES = 1 << 20;

  private static final char BOM = '\uFEFF';

  private YamlFile() {}

  /**
   * Reads a file; its problems name it by its last element, {@code risk_config.yaml}.
   *
   * @return the tree; empty when the file is missing, unreadable or not YAML, and then an error is
   *     among {@code problems}
   */
  public static Optional<ConfigNode> read(Path file, Problems problems) {
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    byte[] bytes;
    try {
      if (Files.isDirectory(file)) {
        return refuse(name, problems, "is a directory: " + file + " must be a file");
      }
      bytes = readAtMost(file);
    } catch (NoSuchFileException e) {
      return refuse(
          name, problems, "the file is missing: " + file + "; `risk-admin init` writes one");
    } catch (AccessDeniedException e) {
      return refuse(
          name, problems, "no permission to read " + file + "; run as the owner of the home");
    } catch (IOException e) {
      return refuse(name, problems, "cannot read " + file + ": " + e.getMessage());
    }
    if (bytes.length > MAX_BYTES) {
      return refuse(
          name,
          problems,
          "the file is larger than " + MAX_BYTES / 1024 + " KiB; is it the right one?");
    }
    return decode(name, bytes, problems).flatMap(text -> parse(name, text, problems));
  }

  /**
   * Reads a text.
   *
   * @param name what the places in it are called
   */
  public static Optional<ConfigNode> parse(String name, String text, Problems problems) {
    String content = !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
    return new YamlTree(name, content, problems).read();
  }

  private static byte[] readAtMost(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  private static Optional<String> decode(String name, byte[] bytes, Problems problems) {
    if (bytes.length >= 2
        && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
            || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE))) {
      problems.error(new Place(name, 0, 0), "", "is UTF-16 text; save it as UTF-8");
      return Optional.empty();
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    try {
      if (result.isError()) {
        result.throwException();
      }
      return Optional.of(text.toString());
    } catch (CharacterCodingException e) {
      problems.error(
          placeAfter(name, text), "", "is not UTF-8 text from here on; save the file as UTF-8");
      return Optional.empty();
    }
  }

  /** The place behind the text that could be read. */
  private static Place placeAfter(String name, CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Place(name, line, column);
  }

  private static Optional<ConfigNode> refuse(String name, Problems problems, String message) {
    problems.error(new Place(name, 0, 0), "", message);
    return Optional.empty();
  }
}
