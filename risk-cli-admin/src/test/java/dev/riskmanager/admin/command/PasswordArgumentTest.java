package dev.riskmanager.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.admin.app.RiskAdmin;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that somebody gives as an argument is refused, and not repeated. */
class PasswordArgumentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "unlock 1 --password hunter2",
        "unlock 1 --password=hunter2",
        "unlock 1 -p hunter2",
        "rules list --passwd hunter2",
        "passwd --password hunter2",
        "audit --pass=hunter2 verify",
        "config show --secret hunter2",
        "accounts list --api-key=hunter2"
      })
  void itIsNotRepeated(String command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        RiskAdmin.run(
            new PrintWriter(out, true), new PrintWriter(err, true), command.split(" ", -1));
    assertThat(code).isEqualTo(2);
    assertThat(out.toString() + err).doesNotContain("hunter2");
    assertThat(err.toString()).contains("--password-stdin", "RISK_ADMIN_PASSWORD_FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lockouts --nonsense", "rules list -x"})
  void whatElseIsUnknownIsNamed(String command) {
    StringWriter err = new StringWriter();
    PrintWriter printer = new PrintWriter(err, true);
    assertThat(RiskAdmin.run(printer, printer, command.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString())
        .contains("Unknown option: '" + command.split(" ", -1)[command.split(" ", -1).length - 1]);
  }
}
