/**
 * The ProjectX Gateway: REST and SignalR clients, translation of payloads, tokens, reconnecting and
 * reconciling. Everything the program knows of the venue's wire format is here.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.gateway;
