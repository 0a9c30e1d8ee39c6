/**
 * Tells people outside: webhook, Discord, Telegram, mail, desktop. Each target has its own queue
 * and its own thread, so that a slow or dead one delays nobody.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.notify;
