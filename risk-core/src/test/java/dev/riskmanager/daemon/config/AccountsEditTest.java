package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.settings.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountsEditTest {
  private static final AccountId SECOND = new AccountId(13_298_778);
  private static final String ONE =
      """
      # who logs in
      topstepx:
        username: "${TOPSTEPX_USERNAME}"   # from the environment
        api_key: "${TOPSTEPX_API_KEY}"
      monitored_account:
        account_id: 13298777
        account_name: "Main: \\"it\\""
        rules:
          daily_realized_loss: {limit: -250}
      """;

  @Test
  void aSecondAccountMakesAListAndKeepsTheRest() {
    String two = AccountsEdit.add(ONE, SECOND, Optional.of("Practice ${x}"));

    assertThat(two).contains("# who logs in").contains("   # from the environment");
    List<AccountsFile.MonitoredAccount> accounts = read(two).accounts();
    assertThat(accounts).extracting(a -> a.id().value()).containsExactly(13_298_777L, 13_298_778L);
    assertThat(accounts.get(0).name()).contains("Main: \"it\"");
    assertThat(ConfigText.flow(accounts.get(0).rules().orElseThrow()))
        .isEqualTo("{daily_realized_loss: {limit: -250}}");
    assertThat(accounts.get(1).name()).contains("Practice ${x}");
  }

  @Test
  void whatWasAddedCanBeTakenOut() {
    String two = AccountsEdit.add(ONE, SECOND, Optional.empty());

    assertThat(read(AccountsEdit.remove(two, SECOND)).accounts())
        .extracting(a -> a.id().value())
        .containsExactly(13_298_777L);
    assertThat(read(AccountsEdit.remove(two, new AccountId(13_298_777))).accounts())
        .extracting(a -> a.id().value())
        .containsExactly(13_298_778L);
  }

  @Test
  void aBlockListIsEditedToo() {
    String list =
        """
        accounts:
          - account_id: 1
            account_name: One   # the first
          - account_id: 2
        # the end
        """;
    String three = AccountsEdit.add(list, new AccountId(3), Optional.empty());

    assertThat(read(three).accounts()).extracting(a -> a.id().value()).containsExactly(1L, 2L, 3L);
    assertThat(three).contains("# the end");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> AccountsEdit.add(ONE, new AccountId(13_298_777), Optional.empty()))
        .hasMessageContaining("already");
    assertThatThrownBy(() -> AccountsEdit.remove(ONE, SECOND)).hasMessageContaining("not in");
    assertThatThrownBy(() -> AccountsEdit.remove(ONE, new AccountId(13_298_777)))
        .hasMessageContaining("only one");
    assertThatThrownBy(() -> AccountsEdit.add("a: [", SECOND, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AccountsFile read(String text) {
    Problems problems = new Problems();
    AccountsFile file =
        AccountsFile.read(
            YamlFile.parse("accounts.yaml", text, problems).orElseThrow(),
            Map.of(),
            AccountsFile.CredentialsUse.SKIP,
            problems);
    assertThat(problems.errors()).isEmpty();
    return file;
  }
}
