package dev.riskmanager.admin.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.admin.app.RiskAdmin;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.daemon.app.Setup;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Installing into a tree of files, which is what a package does. */
@EnabledOnOs(OS.LINUX)
class ServiceFilesTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theFilesComeAndGoAndTheHomeStays() throws Exception {
    String home = home().toString();
    Path root = directory.resolve("root");

    assertThat(run("engine", "install", "--home", home, "--root", root.toString())).isZero();

    ServiceFiles files = new ServiceFiles(root);
    assertThat(Files.readString(files.unit()))
        .contains("--home " + home)
        .contains("Type=notify")
        .contains(String.join(" ", launcherOptions()) + " -cp ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.unit())))
        .isEqualTo("rw-r--r--");
    assertThat(files.homeFile()).hasContent(home);
    assertThat(Files.readString(files.sleepRule())).contains("subject.user == \"risk-manager\"");
    assertThat(files.serves(Path.of(home))).isTrue();
    assertThat(files.serves(Path.of("/elsewhere"))).isFalse();
    assertThat(out.toString()).contains("nothing was started").contains("usermod -aG risk-manager");

    assertThat(run("engine", "uninstall", "--home", home, "--root", root.toString(), "--yes"))
        .isZero();
    assertThat(files.unit()).doesNotExist();
    assertThat(files.homeFile()).doesNotExist();
    assertThat(files.sleepRule()).doesNotExist();
    assertThat(Path.of(home, "config", "risk_config.yaml")).exists();
    assertThat(run("engine", "uninstall", "--home", home, "--root", root.toString(), "--yes"))
        .isEqualTo(1);
  }

  @Test
  void theHomeIsDeletedOnlyWhenTold() throws Exception {
    Path home = home();
    Path root = directory.resolve("root");
    run("engine", "install", "--home", home.toString(), "--root", root.toString());
    String[] delete = {
      "engine", "uninstall", "--delete-home", "--home", home.toString(), "--root", root.toString()
    };

    assertThat(run(delete)).as("nobody to ask").isEqualTo(1);
    assertThat(home).exists();
    List<String> sure = new java.util.ArrayList<>(List.of(delete));
    sure.add("--yes");
    assertThat(run(sure.toArray(String[]::new))).isZero();
    assertThat(home).doesNotExist();
  }

  @Test
  void withAPasswordNobodyRemovesItWithoutIt() throws Exception {
    Path home = home();
    Path root = directory.resolve("root");
    run("engine", "install", "--home", home.toString(), "--root", root.toString());
    Setup.changePassword(
        new dev.riskmanager.wire.HomeDir(home), null, "a long enough password".toCharArray());

    int code =
        run("engine", "uninstall", "--yes", "--home", home.toString(), "--root", root.toString());

    assertThat(code).isEqualTo(4);
    assertThat(new ServiceFiles(root).unit()).exists();
  }

  @Test
  void aUserThatCannotBeIsRefusedBeforeAnythingIsWritten() throws Exception {
    Path root = directory.resolve("root");
    String home = home().toString();
    for (String user : new String[] {"root", "a b", "x\"; rm", ""}) {
      assertThat(
              run("engine", "install", "--user", user, "--home", home, "--root", root.toString()))
          .as(user)
          .isEqualTo(1);
    }
    assertThat(root).doesNotExist();
  }

  @Test
  void aLinkInTheWayIsNotWrittenThrough() throws Exception {
    Path root = directory.resolve("root");
    ServiceFiles files = new ServiceFiles(root);
    Files.createDirectories(files.unit().getParent());
    Path target = Files.writeString(directory.resolve("target"), "kept");
    Files.createSymbolicLink(files.unit(), target);
    SystemdUnit unit =
        new SystemdUnit(List.of("/bin/true"), "risk-manager", Path.of("/var/lib/rm"), List.of());

    assertThatThrownBy(() -> files.write(unit))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("is a link");
    assertThat(target).hasContent("kept");
  }

  @Test
  void theDefinitionForWindowsIsOneThatCanBeRead() throws Exception {
    Path output = directory.resolve("windows");

    assertThat(
            run("engine", "install", "--windows", "--output", output.toString(), "--home", "/a&b"))
        .isZero();

    var service =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(output.resolve("risk-manager.xml").toFile())
            .getDocumentElement();
    assertThat(service.getElementsByTagName("arguments").item(0).getTextContent())
        .contains("--home \"/a&b\"");
    assertThat(service.getElementsByTagName("onfailure").getLength()).isEqualTo(2);
    // As WinSW 2 documents them: a user in any other element is passed over, and the service is
    // LocalSystem then; the id is of letters and digits.
    var account = (org.w3c.dom.Element) service.getElementsByTagName("serviceaccount").item(0);
    assertThat(text(account, "domain")).isEqualTo("NT AUTHORITY");
    assertThat(text(account, "user")).isEqualTo("LocalService");
    assertThat(account.getElementsByTagName("username").getLength()).isZero();
    String id = text(service, "id");
    assertThat(id).matches("[A-Za-z0-9]+");
    assertThat(text(service, "arguments")).startsWith(String.join(" ", launcherOptions()) + " -cp");
    assertThat(Files.readString(output.resolve("risk-manager-acl.cmd")))
        .contains("icacls \"/a&b\"")
        .contains("sc sdset " + id + " ")
        // Users open the sockets, and put no file of their own beside them.
        .contains("run\" /grant \"*S-1-5-32-545:(RX)\" \"*S-1-5-32-545:(OI)(IO)(R,WD)\"")
        .doesNotContain("(CI)(RX,WD)");
    assertThat(out.toString()).contains("Nothing of this has been tested on Windows.");
  }

  /**
   * The options of the virtual machine that {@code bin/risk-engine} gives; a service gives them
   * too.
   */
  private static List<String> launcherOptions() throws Exception {
    return Files.readAllLines(Path.of("..", "bin", "risk-engine")).stream()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> java.util.Arrays.stream(line.trim().split(" ")))
        .filter(word -> word.startsWith("-X") || word.startsWith("--enable"))
        .toList();
  }

  private static String text(org.w3c.dom.Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }

  private Path home() throws Exception {
    Path home = directory.resolve("home");
    Setup.initialise(
        new dev.riskmanager.wire.HomeDir(home),
        new Setup.Choices(
            7,
            "",
            "u",
            "key-for-a-test",
            Optional.of(URI.create("http://127.0.0.1:1")),
            "none",
            List.of()));
    return home;
  }

  private int run(String... args) {
    return RiskAdmin.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
