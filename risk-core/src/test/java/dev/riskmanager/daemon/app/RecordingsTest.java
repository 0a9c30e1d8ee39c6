package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which recordings are deleted, and which never. */
class RecordingsTest {
  private static final Instant LIMIT = Instant.parse("2025-10-31T14:00:00Z");

  @TempDir private Path directory;

  private void file(String name, Instant written) throws IOException {
    Files.setLastModifiedTime(
        Files.writeString(directory.resolve(name), "{}\n"), FileTime.from(written));
  }

  @Test
  void onlyOldRecordingsAreDeleted() throws IOException {
    Instant old = LIMIT.minusSeconds(1);
    file("recording-20250901T000000Z.jsonl", old);
    file("recording-20250902T000000Z.jsonl.gz", old);
    // Begun long ago and written until lately.
    file("recording-20250903T000000Z.jsonl", LIMIT);
    file("recording-20251030T000000Z.jsonl", LIMIT.plusSeconds(1));
    file("recording-20250904T000000Z.jsonl", old);
    file("recording-20250901T000000Z.jsonl.bak", old);
    file("my-recording-20250901T000000Z.jsonl", old);
    file("recording-of-a-bad-day.jsonl", old);
    Files.createDirectory(directory.resolve("recording-20250905T000000Z.jsonl"));
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere")).resolve("kept");
    Files.writeString(elsewhere, "x");
    Files.createSymbolicLink(directory.resolve("recording-20250906T000000Z.jsonl"), elsewhere);

    Recordings.forget(directory, directory.resolve("recording-20250904T000000Z.jsonl"), LIMIT);

    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "recording-20250903T000000Z.jsonl",
              "recording-20251030T000000Z.jsonl",
              "recording-20250904T000000Z.jsonl",
              "recording-20250901T000000Z.jsonl.bak",
              "my-recording-20250901T000000Z.jsonl",
              "recording-of-a-bad-day.jsonl",
              "recording-20250905T000000Z.jsonl",
              "recording-20250906T000000Z.jsonl",
              "elsewhere");
    }
    assertThat(elsewhere).hasContent("x");
  }

  @Test
  void aDirectoryThatIsNotThereIsNoTrouble() {
    Recordings.forget(directory.resolve("none"), directory.resolve("x"), LIMIT);
    assertThat(directory).isEmptyDirectory();
  }
}
