package dev.riskmanager.admin.session;

import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;

/**
 * What a command finds around it when it runs inside the shell: the connection that has shown the
 * password, and somebody to ask. Bound for the time of one command; outside the shell nothing is.
 */
public interface Session extends Person {
  /** Of the shell that runs the command. */
  ScopedValue<Session> CURRENT = ScopedValue.newInstance();

  /** The home the shell is for. */
  HomeDir home();

  /** A connection that has shown the password; asks for it when it must. */
  AdminClient admin() throws CommandException, ControlException;

  /** A connection that may look. */
  AdminClient view() throws CommandException, ControlException;

  /** How wide the person's terminal is now. */
  int columns();

  /** Whether a person sits at it; a script does not. */
  boolean interactive();
}
