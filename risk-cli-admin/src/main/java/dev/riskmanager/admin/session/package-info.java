/** How a command reaches the engine: the socket, the password. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.session;
