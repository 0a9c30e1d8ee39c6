package dev.riskmanager.daemon.config;

import dev.riskmanager.daemon.port.Notice.Kind;
import dev.riskmanager.domain.settings.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who else is told. A target is on when its section is there, unless it says {@code enabled:
 * false}.
 *
 * @param heartbeat called every minute while protecting
 */
public record Notifications(
    Optional<Webhook> webhook,
    Optional<Discord> discord,
    Optional<Telegram> telegram,
    Optional<Email> email,
    Optional<Desktop> desktop,
    Optional<Secret> heartbeat) {

  static final Notifications NONE =
      new Notifications(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** A JSON document is posted to an address. */
  public record Webhook(Secret url, Set<Kind> events) {}

  /** A message is posted to a channel's webhook. */
  public record Discord(Secret url, Set<Kind> events) {}

  /**
   * A bot writes into a chat.
   *
   * @param api where the Bot API answers: Telegram's, or a server of one's own
   */
  public record Telegram(URI api, Secret botToken, String chatId, Set<Kind> events) {}

  /** How a mail's way is kept from others' eyes. */
  public enum MailSecurity {
    STARTTLS,
    TLS,
    NONE
  }

  /** A mail is sent. */
  public record Email(
      String host,
      int port,
      MailSecurity security,
      Optional<String> username,
      Optional<Secret> password,
      String from,
      List<String> to,
      Set<Kind> events) {}

  /** A notification on the screen of the engine's machine. */
  public record Desktop(Set<Kind> events) {}

  private static final URI TELEGRAM = URI.create("https://api.telegram.org");
  private static final int SUBMISSION_PORT = 587;
  private static final int MAX_PORT = 65_535;

  /** Whether anybody is told of anything. */
  public boolean any() {
    return webhook.isPresent()
        || discord.isPresent()
        || telegram.isPresent()
        || email.isPresent()
        || desktop.isPresent()
        || heartbeat.isPresent();
  }

  static Notifications read(Settings section) {
    Notifications read =
        new Notifications(
            target(section, "webhook", Notifications::webhook),
            target(section, "discord", Notifications::discord),
            target(section, "telegram", Notifications::telegram),
            target(section, "email", Notifications::email),
            target(section, "desktop", s -> Optional.of(new Desktop(events(s)))),
            WebAddress.readSecret(section, "heartbeat_url"));
    section.finish();
    return read;
  }

  private static <T> Optional<T> target(
      Settings notifications, String key, Function<Settings, Optional<T>> reader) {
    Optional<Settings> section = notifications.section(key);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    boolean enabled = section.get().flag("enabled", true);
    Optional<T> target = reader.apply(section.get());
    section.get().finish();
    return enabled ? target : Optional.empty();
  }

  private static Optional<Webhook> webhook(Settings section) {
    Set<Kind> events = events(section);
    return url(section).map(url -> new Webhook(url, events));
  }

  private static Optional<Discord> discord(Settings section) {
    Set<Kind> events = events(section);
    return url(section).map(url -> new Discord(url, events));
  }

  private static Optional<Secret> url(Settings section) {
    section.require("url");
    return WebAddress.readSecret(section, "url");
  }

  private static Optional<Telegram> telegram(Settings section) {
    boolean complete = section.requireAll("bot_token", "chat_id");
    URI api = WebAddress.read(section, "api_url", TELEGRAM);
    Secret token = new Secret(section.text("bot_token", ""));
    String chat = section.text("chat_id", "");
    Set<Kind> events = events(section);
    return complete ? Optional.of(new Telegram(api, token, chat, events)) : Optional.empty();
  }

  private static Optional<Email> email(Settings section) {
    boolean complete = section.requireAll("host", "from", "to");
    String host = section.text("host", "");
    int port = Math.toIntExact(section.whole("port", SUBMISSION_PORT, 1, MAX_PORT));
    MailSecurity security =
        MailSecurity.valueOf(
            section
                .choice("security", "starttls", List.of("starttls", "tls", "none"))
                .toUpperCase(Locale.ROOT));
    if (security == MailSecurity.NONE && !WebAddress.isLoopback(host)) {
      section.error(
          "security", "none is only for a mail server on this machine; write starttls or tls");
    }
    Optional<String> username = optionalText(section, "username");
    Optional<Secret> password = optionalText(section, "password").map(Secret::new);
    if (username.isPresent() != password.isPresent()) {
      section.error(
          username.isPresent() ? "username" : "password",
          "username and password go together; set both or none");
    }
    String from = address(section, "from");
    List<String> to =
        section.list("to", Notifications::parseAddress, "a mail address such as me@example.org");
    if (section.has("to") && to.isEmpty()) {
      section.error("to", "must be a list of at least one mail address");
    }
    Set<Kind> events = events(section);
    return complete
        ? Optional.of(new Email(host, port, security, username, password, from, to, events))
        : Optional.empty();
  }

  private static String address(Settings section, String key) {
    return section.read(
        key, "", Notifications::parseAddress, "a mail address such as me@example.org");
  }

  private static Optional<String> parseAddress(String text) {
    int at = text.indexOf('@');
    boolean plain = at > 0 && at == text.lastIndexOf('@') && at < text.length() - 1;
    return plain && text.chars().noneMatch(c -> c <= ' ') ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> optionalText(Settings section, String key) {
    String text = section.text(key, "");
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** All kinds when the key is absent. */
  private static Set<Kind> events(Settings section) {
    if (!section.has("events")) {
      section.node("events");
      return EnumSet.allOf(Kind.class);
    }
    List<String> names = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      names.add(kind.key());
    }
    Set<Kind> events =
        section.distinct("events", Kind::parse, "one of " + String.join(", ", names));
    if (events.isEmpty()) {
      section.error("events", "must be a list of at least one of " + String.join(", ", names));
    }
    return events;
  }
}
