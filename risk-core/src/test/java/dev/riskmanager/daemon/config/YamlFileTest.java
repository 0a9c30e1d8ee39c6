package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Mapping;
import dev.riskmanager.domain.settings.ConfigNode.Place;
import dev.riskmanager.domain.settings.ConfigNode.Scalar;
import dev.riskmanager.domain.settings.ConfigNode.Sequence;
import dev.riskmanager.domain.settings.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
  private final Problems problems = new Problems();

  @Test
  void theTreeKnowsWhereEverythingStands() {
    ConfigNode tree =
        parse(
            """
            # a comment
            a: 17:00
            b:
              - "x y"
              - {c: -500}
            """);

    Mapping top = (Mapping) tree;
    assertThat(top.place()).isEqualTo(new Place("f.yaml", 2, 1));
    assertThat(top.entries()).extracting(ConfigNode.Entry::key).containsExactly("a", "b");
    assertThat(top.entries().get(0).value())
        .isEqualTo(new Scalar(new Place("f.yaml", 2, 4), "17:00", false));
    Sequence list = (Sequence) top.entries().get(1).value();
    assertThat(list.items().get(0)).isEqualTo(new Scalar(new Place("f.yaml", 4, 5), "x y", true));
    Mapping inner = (Mapping) list.items().get(1);
    assertThat(inner.entries().getFirst().place()).isEqualTo(new Place("f.yaml", 5, 6));
    assertThat(inner.entries().getFirst().value())
        .isEqualTo(new Scalar(new Place("f.yaml", 5, 9), "-500", false));
    assertThat(problems.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "~", "\uFEFF", "\uFEFF# x\n"})
  void aFileInWhichNothingIsSetIsAnEmptySection(String text) {
    assertThat(parse(text))
        .isInstanceOfSatisfying(Mapping.class, m -> assertThat(m.entries()).isEmpty());
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheFirstKey() {
    Mapping top = (Mapping) parse("\uFEFFgeneral: {}\n");

    assertThat(top.entries().getFirst().key()).isEqualTo("general");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: 1\\n\\tb: 2\\n          | f.yaml:2:1: not valid YAML: a tab; indent with spaces
          a:\\n\\t- 1\\n             | f.yaml:2:1: not valid YAML: a tab; indent with spaces
          a: {b: 1\\nc: 2\\n         | f.yaml:2:2: not valid YAML: a comma or the closing } is missing (it begins in line 1); add it
          a: [1, 2\\nb: 3\\n         | f.yaml:2:2: not valid YAML: a comma or the closing ] is missing (it begins in line 1); add it
          a: "open\\n                | f.yaml:2:1: not valid YAML: a quote is not closed (it begins in line 1); close it
          a: b: c\\n                 | f.yaml:1:5: not valid YAML: a colon where no key can stand; put the text in quotes, or start a new line
          a: 1\\n  b: 2\\n           | f.yaml:2:4: not valid YAML: a colon where no key can stand; put the text in quotes, or start a new line
          a: 1\\nlimit\\nb: 2\\n     | f.yaml:3:1: not valid YAML: a key without a colon (it begins in line 2); write `key: value`
          a:\\n   b: 1\\n  c: 2\\n   | f.yaml:3:3: not valid YAML: the indentation does not fit the section (it begins in line 1); align it with the other keys
          a: @home\\n                | f.yaml:1:4: not valid YAML: found character '@' that cannot start any token; put the text in quotes
          a: &x 1\\nb: *x\\n         | f.yaml:1:4: anchors (&name) are not supported; write the value out where it is used
          a: *x\\n                   | f.yaml:1:4: aliases (*name) are not supported; write the value out
          a: !secret 1\\n            | f.yaml:1:4: tags (!secret) are not supported; write the plain value
          a: 1\\n---\\nb: 2\\n       | f.yaml:2:1: a second document (---); a configuration file has one
          ? [a]\\n: 1\\n             | f.yaml:1:3: a key must be a word, not a list or a section; is a quote missing?
          a: 1\\n: 2\\n              | f.yaml:2:1: not valid YAML: a key is missing before the colon
          a: x\\0y\\n                | f.yaml:1:5: a character that YAML does not allow (U+0000); remove it
          """)
  void aMistakeIsOneLineThatSaysWhereAndWhat(String written, String line) {
    String text = written.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");

    assertThat(YamlFile.parse("f.yaml", text, problems)).isEmpty();
    assertThat(problems.all()).extracting(Object::toString).containsExactly(line);
  }

  @Test
  void depthIsLimitedWithoutRecursion() {
    assertThat(YamlFile.parse("f.yaml", "[".repeat(20) + "]".repeat(20), problems)).isPresent();
    assertThat(problems.all()).isEmpty();

    assertThat(YamlFile.parse("f.yaml", "[".repeat(200_000), problems)).isEmpty();
    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly("f.yaml:1:21: sections within sections, more than 20 deep");
  }

  @Test
  void aFileOfTheLargestSizeIsReadAndOneByteMoreIsNot(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("risk_config.yaml");
    byte[] largest = "# ".repeat(YamlFile.MAX_BYTES / 2).getBytes(StandardCharsets.UTF_8);
    Files.write(file, largest);
    assertThat(YamlFile.read(file, problems)).isPresent();
    assertThat(problems.all()).isEmpty();

    Files.write(
        file, (new String(largest, StandardCharsets.UTF_8) + "#").getBytes(StandardCharsets.UTF_8));
    assertThat(YamlFile.read(file, problems)).isEmpty();
    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly(
            "risk_config.yaml: the file is larger than 1024 KiB; is it the right one?");
  }

  @Test
  void aMissingFileIsNamedWithItsPath(@TempDir Path dir) {
    Path file = dir.resolve("engine.yaml");

    assertThat(YamlFile.read(file, problems)).isEmpty();
    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly(
            "engine.yaml: the file is missing: " + file + "; `risk-admin init` writes one");
  }

  @Test
  void aDirectoryIsNoFile(@TempDir Path dir) throws IOException {
    Path file = Files.createDirectory(dir.resolve("engine.yaml"));

    assertThat(YamlFile.read(file, problems)).isEmpty();
    assertThat(problems.all().getFirst().toString())
        .isEqualTo("engine.yaml: is a directory: " + file + " must be a file");
  }

  @Test
  void otherEncodingsAreRefusedWithThePlaceTheyBegin(@TempDir Path dir) throws IOException {
    Path latin = dir.resolve("latin.yaml");
    Files.write(latin, "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    Path wide = dir.resolve("wide.yaml");
    Files.write(wide, "a: 1\n".getBytes(StandardCharsets.UTF_16));

    assertThat(YamlFile.read(latin, problems)).isEmpty();
    assertThat(YamlFile.read(wide, problems)).isEmpty();
    assertThat(problems.all())
        .extracting(Object::toString)
        .containsExactly(
            "latin.yaml:2:4: is not UTF-8 text from here on; save the file as UTF-8",
            "wide.yaml: is UTF-16 text; save it as UTF-8");
  }

  @Test
  void windowsLineEndsCountAsOneLine() {
    Mapping top = (Mapping) parse("a: 1\r\nb: 2\r\n");

    assertThat(top.entries().get(1).place()).isEqualTo(new Place("f.yaml", 2, 1));
    assertThat(((Scalar) top.entries().get(0).value()).text()).isEqualTo("1");
  }

  private ConfigNode parse(String text) {
    Optional<ConfigNode> tree = YamlFile.parse("f.yaml", text, problems);
    assertThat(problems.all()).isEmpty();
    return tree.orElseThrow();
  }
}
