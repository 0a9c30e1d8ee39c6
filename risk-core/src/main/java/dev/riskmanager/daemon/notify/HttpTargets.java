package dev.riskmanager.daemon.notify;

import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.domain.model.AccountId;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Targets that are reached by HTTP, with connections of their own. Thread-safe. */
public final class HttpTargets implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MediaType TYPE =
      Objects.requireNonNull(MediaType.parse("application/json; charset=utf-8"));

  /** What Discord takes in one message: developer documentation, "Execute Webhook". */
  private static final int DISCORD_CHARACTERS = 2_000;

  /** What Telegram takes in one message: Bot API, {@code sendMessage}. */
  private static final int TELEGRAM_CHARACTERS = 4_096;

  private static final int BATCH = 10;
  private static final long READ_OF_ANSWER = 4_096;
  private static final int TOO_MANY = 429;
  private static final int REQUEST_TIMEOUT = 408;

  private final OkHttpClient client;

  /**
   * Connects nothing yet.
   *
   * @param timeout for a whole exchange
   */
  public HttpTargets(Duration timeout) {
    this.client =
        new OkHttpClient.Builder()
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .retryOnConnectionFailure(false)
            // Notices are rare: a kept connection would have been closed by the other side.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            // The address is a secret; it goes to nobody the configuration does not name.
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
  }

  /** A JSON document for each notice. */
  public Target webhook(String url) {
    return new Posting("webhook", 1, url, Masking.ofAddress(url)) {
      @Override
      Object document(List<Notice> notices, long lost) {
        Notice notice = notices.get(0);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("kind", notice.kind().key());
        document.put("at", notice.at().toString());
        document.put("accountId", notice.account().map(AccountId::value).orElse(null));
        document.put("ruleId", notice.rule().map(Object::toString).orElse(null));
        document.put("text", notice.text());
        document.put("lostBefore", lost);
        return document;
      }
    };
  }

  /** A message in a channel; it mentions nobody, whatever the text says. */
  public Target discord(String url) {
    return new Posting("discord", BATCH, url, Masking.ofAddress(url)) {
      @Override
      Object document(List<Notice> notices, long lost) {
        return Map.of(
            "content",
            Wording.lines(notices, lost, DISCORD_CHARACTERS),
            "allowed_mentions",
            Map.of("parse", List.of()));
      }
    };
  }

  /**
   * A message of a bot in a chat.
   *
   * @param api the Bot API, such as {@code https://api.telegram.org}
   */
  public Target telegram(String api, String botToken, String chatId) {
    return new Posting(
        "telegram",
        BATCH,
        api + "/bot" + botToken + "/sendMessage",
        new Masking(List.of(botToken))) {
      @Override
      Object document(List<Notice> notices, long lost) {
        return Map.of(
            "chat_id",
            chatId,
            "text",
            Wording.lines(notices, lost, TELEGRAM_CHARACTERS),
            "disable_web_page_preview",
            true);
      }
    };
  }

  /**
   * Calls an address and wants nothing but an answer.
   *
   * @throws SendException when it did not come, or was not one of success
   */
  public void get(String url) throws SendException {
    exchange(new Request.Builder().url(url).get().build(), Masking.ofAddress(url));
  }

  private void exchange(Request request, Masking masking) throws SendException {
    try (Response response = client.newCall(request).execute()) {
      if (response.isSuccessful()) {
        return;
      }
      String answer = masking.of(response.peekBody(READ_OF_ANSWER).string());
      String why = "HTTP " + response.code() + (answer.isEmpty() ? "" : " " + answer);
      if (response.code() == TOO_MANY) {
        throw SendException.after(why, retryAfter(response));
      }
      if (response.code() >= 500 || response.code() == REQUEST_TIMEOUT) {
        throw SendException.later(why);
      }
      throw SendException.refused(why);
    } catch (IOException e) {
      throw SendException.later(
          e.getClass().getSimpleName() + ": " + masking.of(String.valueOf(e.getMessage())));
    }
  }

  /** Seconds, also with a fraction as Discord sends them; an answer without them asks for none. */
  private static Duration retryAfter(Response response) {
    String header = response.header("Retry-After");
    String seconds = header == null ? "" : header.replaceAll("[.].*", "").strip();
    return seconds.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds) + 1)
        : Duration.ZERO;
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  /** Posts a document to one address. */
  private abstract class Posting implements Target {
    private final String name;
    private final int batch;
    private final String url;
    private final Masking masking;

    Posting(String name, int batch, String url, Masking masking) {
      this.name = name;
      this.batch = batch;
      this.url = url;
      this.masking = masking;
    }

    abstract Object document(List<Notice> notices, long lost);

    @Override
    public final String name() {
      return name;
    }

    @Override
    public final int batch() {
      return batch;
    }

    @Override
    public final void send(List<Notice> notices, long lost) throws SendException {
      byte[] body = JSON.writeValueAsBytes(document(notices, lost));
      exchange(
          new Request.Builder().url(url).post(RequestBody.create(body, TYPE)).build(), masking);
    }
  }
}
