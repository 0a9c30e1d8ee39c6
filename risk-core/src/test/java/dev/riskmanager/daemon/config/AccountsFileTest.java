package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.AccountsFile.Credentials;
import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.daemon.config.AccountsFile.MonitoredAccount;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountsFileTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOPSTEPX_USERNAME", "ada.lovelace", "TOPSTEPX_API_KEY", "abcdefghijkl9876");
  private static final String TOPSTEPX =
      """
      topstepx:
        username: "${TOPSTEPX_USERNAME}"
        api_key: "${TOPSTEPX_API_KEY}"
      """;

  private final Problems problems = new Problems();

  @Test
  void oneAccountAsPrintedInTheDocumentation() {
    AccountsFile file =
        read(
            TOPSTEPX
                + """
                monitored_account:            # one account
                  account_id: 13298777
                  account_name: "Main Trading Account"
                """,
            CredentialsUse.RESOLVE);

    assertThat(problems.all()).isEmpty();
    Credentials credentials = file.credentials().orElseThrow();
    assertThat(credentials.username()).isEqualTo("ada.lovelace");
    assertThat(credentials.apiKey().value()).isEqualTo("abcdefghijkl9876");
    assertThat(file.toString()).doesNotContain("ada.lovelace").doesNotContain("abcdef");
    assertThat(file.accounts())
        .containsExactly(
            new MonitoredAccount(
                new AccountId(13298777), Optional.of("Main Trading Account"), Optional.empty()));
  }

  @Test
  void severalAccountsWithTheirOwnRules() {
    AccountsFile file =
        read(
            TOPSTEPX
                + """
                accounts:
                  - account_id: 11
                    rules: {daily_realized_loss: {limit: -250}}
                  - {account_id: 7, account_name: Second}
                """,
            CredentialsUse.RESOLVE);

    assertThat(problems.all()).isEmpty();
    assertThat(file.accounts()).extracting(a -> a.id().value()).containsExactly(11L, 7L);
    assertThat(file.accounts().get(1).rules()).isEmpty();
    Settings rules =
        Settings.of(
            "accounts[0].rules", file.accounts().getFirst().rules().orElseThrow(), problems);
    assertThat(rules.names()).containsExactly("daily_realized_loss");
    assertThat(rules.place().line()).isEqualTo(6);
  }

  @Test
  void withoutCredentialsNothingOfThemIsResolvedOrRequired() {
    AccountsFile file =
        AccountsFile.read(
            Trees.tree(TOPSTEPX + "monitored_account: {account_id: \"${ID}\"}\n", problems),
            Map.of("ID", "42"),
            CredentialsUse.SKIP,
            problems);
    AccountsFile bare = read("monitored_account: {account_id: 43}\n", CredentialsUse.SKIP);

    assertThat(problems.all()).isEmpty();
    assertThat(file.credentials()).isEmpty();
    assertThat(file.accounts()).extracting(a -> a.id().value()).containsExactly(42L);
    assertThat(bare.accounts()).extracting(a -> a.id().value()).containsExactly(43L);
  }

  @Test
  void missingCredentialsNameTheVariableOrTheKey() {
    AccountsFile.read(
        Trees.tree(TOPSTEPX + "monitored_account: {account_id: 1}\n", problems),
        Map.of("TOPSTEPX_USERNAME", "ada"),
        CredentialsUse.RESOLVE,
        problems);
    assertThat(Trees.lines(problems))
        .containsExactly(
            "f.yaml:3:12: topstepx.api_key: the environment variable TOPSTEPX_API_KEY is not set;"
                + " set it before starting, or write the value here");

    Problems others = new Problems();
    AccountsFile.read(
        Trees.tree("topstepx: {username: ada}\nmonitored_account: {account_id: 1}\n", others),
        ENVIRONMENT,
        CredentialsUse.RESOLVE,
        others);
    assertThat(Trees.lines(others))
        .containsExactly("f.yaml:1:11: topstepx.api_key: is missing; add it");
  }

  @Test
  void everyMistakeIsReportedAtOnce() {
    AccountsFile file =
        read(
            """
            topstpx: {}
            accounts:
              - {account_id: 5, account_name: one}
              - {account_id: 0}
              - {account_id: "5"}
              - {account_id: PRAC-1}
              - {account_nam: x}
              - 17
            """,
            CredentialsUse.RESOLVE);

    assertThat(problems.errors())
        .extracting(Object::toString)
        .containsExactly(
            "f.yaml:1:1: topstepx: is missing; add it",
            "f.yaml:1:1: topstpx: unknown key (did you mean topstepx?); allowed here: topstepx,"
                + " monitored_account, accounts",
            "f.yaml:4:18: accounts[1].account_id: must be a whole number of at least 1, not \"0\"",
            "f.yaml:5:18: accounts[2].account_id: account 5 is there twice (first in line 3);"
                + " remove one",
            "f.yaml:6:18: accounts[3].account_id: must be a whole number of at least 1, not"
                + " \"PRAC-1\"",
            "f.yaml:7:5: accounts[4].account_id: is missing; add it",
            "f.yaml:7:6: accounts[4].account_nam: unknown key (did you mean account_name?); allowed"
                + " here: account_id, account_name, rules",
            "f.yaml:8:5: accounts[5]: must be a section of keys and values",
            "f.yaml:8:5: accounts[5].account_id: is missing; add it");
    assertThat(file.accounts()).extracting(a -> a.id().value()).containsExactly(5L);
  }

  @Test
  void thereIsExactlyOneFormOfNamingAccounts() {
    read(
        TOPSTEPX + "monitored_account: {account_id: 1}\naccounts: [{account_id: 2}]\n",
        CredentialsUse.RESOLVE);
    read(TOPSTEPX, CredentialsUse.RESOLVE);
    read(TOPSTEPX + "accounts: []\n", CredentialsUse.RESOLVE);

    assertThat(Trees.lines(problems))
        .containsExactly(
            "f.yaml:5:11: accounts: monitored_account is there as well; keep one of the two",
            "f.yaml:1:1: monitored_account: is missing; add it",
            "f.yaml:4:11: accounts: must be a list of at least one account");
  }

  private AccountsFile read(String yaml, CredentialsUse use) {
    return AccountsFile.read(Trees.tree(yaml, problems), ENVIRONMENT, use, problems);
  }
}
