package dev.riskmanager.daemon.config;

import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.fuzz.Mutator;
import dev.riskmanager.fuzz.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Configuration files: whatever is in them, there is a list of problems or there is none. */
public final class ConfigFuzz implements Target {
  private static final List<String> BOMBS =
      List.of(
          "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
              + "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
              + "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n"
              + "g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n",
          "a: &a {<<: *a}\n",
          "a: &a [*a]\n",
          "\t\n",
          "%YAML 9.9\n---\n",
          "--- a\n--- b\n",
          "? {a: b}\n: c\n",
          "!!javax.script.ScriptEngineManager [!!java.net.URL ['http://127.0.0.1/']]\n",
          "{".repeat(5_000),
          "[".repeat(50_000),
          "a: " + "x".repeat(3_000_000) + "\n",
          ("- ".repeat(500)) + "\n",
          "\u0000",
          "\ufeffgeneral: {}\n");

  private final Path directory;

  /** In a directory of its own. */
  public ConfigFuzz() throws IOException {
    directory = Files.createTempDirectory("rm-fuzz");
  }

  @Override
  public void attempt(Mutator input) throws Exception {
    String spoiled = input.oneOf(ShippedConfig.FILES);
    for (String file : ShippedConfig.FILES) {
      Files.writeString(directory.resolve(file), ShippedConfig.text(file));
    }
    Path path = directory.resolve(spoiled);
    switch (input.below(6)) {
      case 0 -> Files.writeString(path, input.oneOf(BOMBS));
      case 1 -> Files.writeString(path, ShippedConfig.text(spoiled) + input.oneOf(BOMBS));
      default -> Files.write(path, input.bytes(ShippedConfig.text(spoiled)));
    }
    Problems problems = new Problems();
    ConfigFiles.load(
        directory,
        Map.of("TOPSTEPX_USERNAME", "demo", "TOPSTEPX_API_KEY", "demo"),
        CredentialsUse.RESOLVE,
        Set.of(),
        LocalDate.of(2025, 10, 31),
        problems);
    for (Object problem : problems.errors()) {
      if (problem.toString().length() > 2_000) {
        throw new IllegalStateException("a problem is told at length");
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
