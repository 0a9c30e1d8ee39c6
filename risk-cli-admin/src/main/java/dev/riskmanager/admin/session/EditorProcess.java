package dev.riskmanager.admin.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jline.utils.Signals;

/** The user's editor on a copy that nobody else can read and that is gone afterwards. */
public final class EditorProcess implements AutoCloseable {
  private static final String INTERRUPT = "INT";
  private static final Pattern BLANK = Pattern.compile("\\s+");

  /** These take {@code +LINE}. */
  private static final List<String> JUMPING =
      List.of("vi", "vim", "nvim", "nano", "emacs", "mg", "joe", "ne");

  private final List<String> command;
  private final Path directory;
  private final Path copy;

  private EditorProcess(List<String> command, Path directory, Path copy) {
    this.command = command;
    this.directory = directory;
    this.copy = copy;
  }

  /**
   * Makes the copy.
   *
   * @param name of the file, so that the editor knows what it is
   */
  public static EditorProcess on(String name, String text) throws CommandException {
    return on(name, text, System.getenv());
  }

  /** The same with another environment. */
  static EditorProcess on(String name, String text, Map<String, String> environment)
      throws CommandException {
    List<String> command = command(environment);
    try {
      // Made readable by its owner only, whatever the umask says.
      Path directory = Files.createTempDirectory("risk-admin-");
      Path copy = directory.resolve(name);
      Files.writeString(copy, text, StandardCharsets.UTF_8);
      return new EditorProcess(command, directory, copy);
    } catch (IOException e) {
      throw new CommandException("cannot make a copy to edit: " + e.getMessage());
    }
  }

  private static List<String> command(Map<String, String> environment) throws CommandException {
    for (String name : List.of("VISUAL", "EDITOR")) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return List.of(BLANK.split(value.strip()));
      }
    }
    for (String known : List.of("/usr/bin/sensible-editor", "/usr/bin/nano", "/usr/bin/vi")) {
      if (Files.isExecutable(Path.of(known))) {
        return List.of(known);
      }
    }
    throw new CommandException("no editor is known; set EDITOR, for example: export EDITOR=nano");
  }

  /**
   * Opens the editor and waits for its end.
   *
   * @param line where to begin, if the editor can be told
   * @return the text as it is then
   */
  public String edit(int line) throws CommandException {
    List<String> words = new ArrayList<>(command);
    Path program = Path.of(words.get(0)).getFileName();
    if (line > 1 && program != null && JUMPING.contains(program.toString())) {
      words.add("+" + line);
    }
    words.add(copy.toString());
    // Ctrl-C goes to whoever is in the foreground: it is the editor's, and what was typed there is
    // not to be lost because of it.
    Object before = Signals.register(INTERRUPT, () -> {});
    try {
      int code = ended(new ProcessBuilder(words).inheritIO().start());
      if (code != 0) {
        throw new CommandException("the editor ended with code " + code + "; nothing was changed");
      }
      return Files.readString(copy, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandException(
          "the editor " + words.get(0) + " does not work (" + e.getMessage() + "); set EDITOR");
    } finally {
      Signals.unregister(INTERRUPT, before);
    }
  }

  /** Whoever interrupts meant the editor: what follows would be given up for it. */
  private static int ended(Process editor) {
    while (true) {
      try {
        int code = editor.waitFor();
        // Also where it had ended before it was waited for.
        Thread.interrupted();
        return code;
      } catch (InterruptedException e) {
        // It goes on.
      }
    }
  }

  @Override
  public void close() {
    try (var files = Files.newDirectoryStream(directory)) {
      // Editors leave their own backups beside it.
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      System.err.println("risk-admin: " + directory + " could not be removed: " + e.getMessage());
    }
  }
}
