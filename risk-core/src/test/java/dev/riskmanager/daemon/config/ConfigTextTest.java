package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code config show} and the audit say of the files. */
class ConfigTextTest {
  private static final String ENGINE =
      """
      notifications:
        webhook: {url: "https://example.org/hunter2-webhook"}
        discord: {url: "https://example.org/hunter2-discord"}
        telegram: {bot_token: "1:hunter2-telegram", chat_id: "-100"}
        email:
          host: mail.example.org
          username: hunter2-user@example.org
          password: hunter2-password
          from: a@example.org
          to: [b@example.org]
        heartbeat_url: https://example.org/hunter2-heartbeat
      """;

  /** Each is one of the settings: the text would not load with a key that is none. */
  @Test
  void noSecretOfANotificationIsShown() {
    Problems problems = new Problems();
    ConfigNode tree = Trees.tree(ENGINE, problems);
    EngineSettings.read(Settings.of("", tree, problems), Set.of(OptionalPart.NOTIFICATIONS));
    assertThat(problems.errors()).isEmpty();

    assertThat(ConfigText.block(tree)).contains("telegram", "****").doesNotContain("hunter2");
    assertThat(ConfigText.flow(tree)).doesNotContain("hunter2");
    assertThat(ConfigText.leaves(tree).toString())
        .contains("notifications.telegram.bot_token")
        .doesNotContain("hunter2");
  }

  @Test
  void theKeyOfTheVenueIsNotShown() {
    ConfigNode tree =
        Trees.tree("topstepx: {username: hunter2-ada, api_key: hunter2-k3y}\n", new Problems());

    assertThat(ConfigText.block(tree)).contains("api_key").doesNotContain("hunter2");
  }
}
