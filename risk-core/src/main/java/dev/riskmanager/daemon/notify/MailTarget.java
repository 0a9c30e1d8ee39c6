package dev.riskmanager.daemon.notify;

import dev.riskmanager.daemon.port.Notice;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Sends a mail by SMTP. */
public final class MailTarget implements Target {
  private static final int BATCH = 50;
  private static final int LONGEST = 20_000;
  private static final int PERMANENT = 500;

  /** So many slow answers, and no more, may a whole exchange wait for. */
  private static final int ANSWERS = 6;

  private final Server server;
  private final String from;
  private final List<String> to;
  private final Duration whole;
  private final Session session;
  private final Masking masking;

  /** How the connection is kept from others' eyes. */
  public enum Security {
    /** Encrypted after STARTTLS; a server that does not offer it gets nothing. */
    STARTTLS,
    /** Encrypted from the first byte. */
    TLS,
    /** Not at all: for a server on this machine. */
    NONE
  }

  /** A name and its password. */
  public record Login(String username, String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Login[" + username + "]";
    }
  }

  /** Where the mail is handed in. */
  public record Server(String host, int port, Security security, Optional<Login> login) {}

  /**
   * Connects nothing yet.
   *
   * @param timeout for the connection, and for each answer; the whole may take six times that
   */
  public MailTarget(Server server, String from, List<String> to, Duration timeout) {
    this(server, from, to, timeout, Optional.empty());
  }

  MailTarget(
      Server server,
      String from,
      List<String> to,
      Duration timeout,
      Optional<SSLSocketFactory> trust) {
    this.server = server;
    this.from = from;
    this.to = List.copyOf(to);
    this.whole = timeout.multipliedBy(ANSWERS);
    this.masking =
        new Masking(server.login().map(login -> List.of(login.password())).orElse(List.of()));
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", server.host());
    properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
    String millis = Long.toString(timeout.toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
    boolean startTls = server.security() == Security.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.setProperty(
        "mail.smtp.ssl.enable", Boolean.toString(server.security() == Security.TLS));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    trust.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
    this.session = Session.getInstance(properties);
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public int batch() {
    return BATCH;
  }

  /**
   * On a thread of its own: a server that sends a byte now and then keeps each wait short and the
   * whole without end. Interrupting a virtual thread closes the socket it waits at.
   */
  @Override
  public void send(List<Notice> notices, long lost) throws SendException, InterruptedException {
    FutureTask<Optional<SendException>> exchange = new FutureTask<>(() -> tried(notices, lost));
    Thread worker = Thread.ofVirtual().name("notify-email").start(exchange);
    Optional<SendException> failure;
    try {
      failure = exchange.get(whole.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw SendException.later(
          "the mail server has not taken the mail within " + whole.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      worker.interrupt();
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private Optional<SendException> tried(List<Notice> notices, long lost) {
    try {
      exchange(notices, lost);
      return Optional.empty();
    } catch (SendException e) {
      return Optional.of(e);
    }
  }

  private void exchange(List<Notice> notices, long lost) throws SendException {
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage message = message(notices, lost);
      transport.connect(
          server.host(),
          server.port(),
          server.login().map(Login::username).orElse(null),
          server.login().map(Login::password).orElse(null));
      transport.sendMessage(message, message.getAllRecipients());
    } catch (AuthenticationFailedException e) {
      throw SendException.refused("the mail server refuses user name or password: " + text(e));
    } catch (MessagingException e) {
      throw isPermanent(e) ? SendException.refused(text(e)) : SendException.later(text(e));
    }
  }

  private MimeMessage message(List<Notice> notices, long lost) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(from));
    List<Address> addresses = new ArrayList<>();
    for (String one : to) {
      addresses.add(new InternetAddress(one));
    }
    message.setRecipients(Message.RecipientType.TO, addresses.toArray(Address[]::new));
    message.setSubject(Wording.subject(notices), "UTF-8");
    message.setSentDate(Date.from(notices.get(notices.size() - 1).at()));
    message.setText(Wording.lines(notices, lost, LONGEST), "UTF-8");
    return message;
  }

  /** A 5xx answer: RFC 5321, 4.2.1. */
  private static boolean isPermanent(MessagingException e) {
    for (Exception cause = e; cause != null; ) {
      if (cause instanceof SMTPSendFailedException failed && failed.getReturnCode() >= PERMANENT) {
        return true;
      }
      if (cause instanceof SMTPAddressFailedException failed
          && failed.getReturnCode() >= PERMANENT) {
        return true;
      }
      cause = cause instanceof MessagingException outer ? outer.getNextException() : null;
    }
    return false;
  }

  private String text(MessagingException e) {
    Throwable root = e;
    while (root.getCause() != null && !root.getCause().equals(root)) {
      root = root.getCause();
    }
    String first = String.valueOf(e.getMessage());
    String last = String.valueOf(root.getMessage());
    return masking.of(first.contains(last) ? first : first + ": " + last);
  }
}
