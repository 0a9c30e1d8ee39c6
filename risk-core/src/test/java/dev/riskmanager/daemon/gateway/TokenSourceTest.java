package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.daemon.gateway.ScriptedVenue.Reply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSourceTest {
  private final ScriptedVenue server = new ScriptedVenue();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-05T15:00:00Z"));
  private final InstantSource clock = now::get;
  private final RestClient client = new RestClient(GatewaySettings.at(server.url()), clock);
  private final TokenSource tokens =
      new TokenSource(client, new Credentials("demo-user-name", "demo-secret-key"), clock);

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static Reply token(String value) {
    return Reply.ok("\"token\":\"" + value + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1, UserNotFound, user name or API key is wrong",
    "3, InvalidCredentials, user name or API key is wrong",
    "7, AgreementsNotSigned, the platform's agreements are not signed",
    "9, ApiSubscriptionNotFound, there is no API subscription",
    "10, ApiKeyAuthenticationDisabled, the firm has switched off"
  })
  void rejectionsSayWhatToDo(int code, String name, String advice) {
    server.always("Auth/loginKey", Reply.code(code, "please look"));
    assertThatThrownBy(tokens::current)
        .isInstanceOfSatisfying(
            LoginException.Rejected.class,
            e -> {
              assertThat(e.rejected().code()).isEqualTo(code);
              assertThat(e.rejected().name()).isEqualTo(name);
              assertThat(e.rejected().message()).isEqualTo("please look");
              assertThat(e).hasMessageContaining(name).hasMessageContaining(advice);
            });
  }

  @ParameterizedTest
  @CsvSource({"8, UnknownError", "99, UNKNOWN(99)"})
  void whatMayPassIsNotARejection(int code, String name) {
    server.always("Auth/loginKey", Reply.code(code, ""));
    assertThatThrownBy(tokens::current)
        .isInstanceOf(LoginException.Unavailable.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({
    "404, 'HTTP 404, check gateway.api_url'",
    "503, HTTP 503",
    "429, HTTP 429",
    "200, 'not the venue''s answer, check gateway.api_url'"
  })
  void otherAnswersAreUnavailable(int status, String words) {
    server.always("Auth/loginKey", Reply.of(status, "<html>"));
    assertThatThrownBy(tokens::current)
        .isInstanceOf(LoginException.Unavailable.class)
        .hasMessageContaining(words)
        .hasMessageContaining(server.url().toString());
  }

  @Test
  void aRejectedLoginIsNotRepeatedAtOnce() throws Exception {
    server.always("Auth/loginKey", Reply.code(3, ""), token("t-1-aaaaaaaa"));
    assertThatThrownBy(tokens::current).isInstanceOf(LoginException.Rejected.class);
    now.updateAndGet(at -> at.plusSeconds(19));
    assertThatThrownBy(tokens::current).isInstanceOf(LoginException.Rejected.class);
    assertThat(server.requests("Auth/loginKey")).hasSize(1);
    now.updateAndGet(at -> at.plusSeconds(1));
    assertThat(tokens.current().value()).isEqualTo("t-1-aaaaaaaa");
  }

  @Test
  void aConnectionGetsAnotherTokenThanItsLastButTwoMayShareIt() throws Exception {
    server.always("Auth/loginKey", token("t-1"), token("t-2"), token("t-3"));
    TokenSource.Token first = tokens.replace(null);
    assertThat(tokens.replace(null)).isEqualTo(first);
    TokenSource.Token second = tokens.replace(first);
    assertThat(second.value()).isEqualTo("t-2");
    assertThat(tokens.replace(first)).isEqualTo(second);
    assertThat(tokens.replace(second).value()).isEqualTo("t-3");
    tokens.invalidate();
    assertThat(tokens.current().value()).isEqualTo("t-3");
    assertThat(server.requests("Auth/loginKey")).hasSize(4);
  }

  @Test
  void renewsByValidatingAndElseByLoggingIn() throws Exception {
    server.always("Auth/loginKey", token("t-1"), token("t-9"));
    server.always(
        "Auth/validate", Reply.ok("\"newToken\":\"t-2\""), Reply.code(3, ""), Reply.of(401, ""));
    tokens.current();
    assertThat(tokens.renew().value()).isEqualTo("t-2");
    assertThat(tokens.current().value()).isEqualTo("t-2");
    assertThat(tokens.renew().value()).isEqualTo("t-9");
    assertThat(server.requests("Auth/validate"))
        .extracting(ScriptedVenue.Request::authorization)
        .containsExactly("Bearer t-1", "Bearer t-2");
  }

  @Test
  void theTextOfATokenHidesIt() throws Exception {
    server.always("Auth/loginKey", token("header.payload.signature"));
    assertThat(tokens.current().toString()).contains("****ture").doesNotContain("payload");
  }
}
