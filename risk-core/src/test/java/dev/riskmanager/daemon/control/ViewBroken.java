package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.AdminBackend;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class ViewBroken {
  private ViewBroken() {}

  static String uses(AdminBackend admin) {
    return String.valueOf(admin);
  }
}
