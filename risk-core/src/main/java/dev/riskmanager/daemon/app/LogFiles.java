package dev.riskmanager.daemon.app;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The log files of a home, rotated daily. All are written through queues that never block: a disk
 * that hangs must not hold up the protection. {@code audit.log} is not among them: the store keeps
 * it.
 */
final class LogFiles implements AutoCloseable {
  private static final String LINE = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %msg%n%ex{full}";
  private static final String BRACKETED = "[%d{yyyy-MM-dd HH:mm:ss}] %msg%n";
  private static final int QUEUE = 16_384;

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Path directory;

  private LogFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Sends the logs to standard output and to the files.
   *
   * @param directory the home's {@code logs}, which exists
   */
  static LogFiles into(Path directory) {
    LogFiles files = new LogFiles(directory);
    files.console();
    files.add(org.slf4j.Logger.ROOT_LOGGER_NAME, "risk-manager", LINE, 30);
    files.add("enforcement", "enforcement", BRACKETED, 90);
    files.add("api", "api", LINE, 7);
    return files;
  }

  private void console() {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.setLevel(Level.INFO);
    // It prints a stack trace for each connection that ends, ours to close or not. Every such end
    // reaches our own client, which says it in one line.
    context.getLogger("com.microsoft.signalr").setLevel(Level.OFF);
    context.getLogger("api").setAdditive(false);
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setEncoder(encoder(LINE));
    console.start();
    root.addAppender(queued("console-queue", console));
  }

  private PatternLayoutEncoder encoder(String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    return encoder;
  }

  private AsyncAppender queued(String name, Appender<ILoggingEvent> appender) {
    AsyncAppender queue = new AsyncAppender();
    queue.setContext(context);
    queue.setName(name);
    queue.setQueueSize(QUEUE);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.addAppender(appender);
    queue.addFilter(new NoRehearsal());
    queue.start();
    return queue;
  }

  /** What is told in a rehearsal has not happened. An error passes even so: it is one of ours. */
  static final class NoRehearsal extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      return Rehearsal.isUnderWay() && !event.getLevel().isGreaterOrEqual(Level.ERROR)
          ? FilterReply.DENY
          : FilterReply.NEUTRAL;
    }
  }

  private void add(String logger, String file, String pattern, int daysKept) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName(file);
    appender.setFile(directory.resolve(file + ".log").toString());
    appender.setEncoder(encoder(pattern));
    TimeBasedRollingPolicy<ILoggingEvent> policy = new TimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(directory.resolve(file + ".%d{yyyy-MM-dd}.log").toString());
    policy.setMaxHistory(daysKept);
    policy.start();
    appender.setRollingPolicy(policy);
    appender.start();
    Logger target = context.getLogger(logger);
    target.addAppender(queued(file + "-queue", appender));
  }

  /** Writes what is queued and closes the files. */
  @Override
  public void close() {
    context.stop();
  }
}
