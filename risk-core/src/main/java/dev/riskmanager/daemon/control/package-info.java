/**
 * The two control sockets: one to look, one to change. They share how bytes become requests and how
 * answers leave; the server of the view socket is never given anything that changes something.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.control;
