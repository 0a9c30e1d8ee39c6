package dev.riskmanager.admin.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The editor on a copy. */
@Timeout(60)
class EditorProcessTest {
  @TempDir private Path directory;

  /** Ctrl-C interrupts the shell's command; in an editor it is a key like any other. */
  @Test
  void anInterruptionLosesNothingOfWhatIsTypedInTheEditor() throws Exception {
    Path opened = directory.resolve("opened");
    Path go = directory.resolve("go");
    Path script =
        Files.writeString(
            directory.resolve("editor.sh"),
            "touch "
                + opened
                + "\nwhile [ ! -e "
                + go
                + " ]; do sleep 0.05; done\necho 'limit: 2' > \"$1\"\n");
    CompletableFuture<String> text = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread shell =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (EditorProcess editor =
                      EditorProcess.on(
                          "rules.yaml", "limit: 1\n", Map.of("EDITOR", "/bin/sh " + script))) {
                    text.complete(editor.edit(1));
                    interrupted.complete(Thread.interrupted());
                  } catch (CommandException e) {
                    text.completeExceptionally(e);
                  }
                });
    Awaitility.await().until(() -> Files.exists(opened));

    shell.interrupt();
    Files.createFile(go);

    assertThat(text.get(30, TimeUnit.SECONDS)).isEqualTo("limit: 2\n");
    assertThat(interrupted.get(30, TimeUnit.SECONDS)).as("what follows goes on").isFalse();
  }
}
