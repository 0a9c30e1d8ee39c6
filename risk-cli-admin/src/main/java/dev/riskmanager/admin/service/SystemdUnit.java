package dev.riskmanager.admin.service;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The unit of systemd for an engine: what each line is for is said in {@code docs/service.md}.
 *
 * @param command the program and its arguments
 * @param user whom it runs as
 * @param home what it may write
 * @param programs directories it must be able to read
 */
public record SystemdUnit(List<String> command, String user, Path home, List<Path> programs) {
  /** How the unit is called. */
  public static final String NAME = "risk-manager.service";

  /** Settings such as credentials that shall not stand in the unit, which everybody may read. */
  public static final Path ENVIRONMENT = Path.of("/etc/risk-manager/environment");

  /** The text of the file. */
  public String text() {
    return """
    # Written by `risk-admin engine install`; see docs/service.md. Changes belong into a drop-in:
    # systemctl edit risk-manager
    [Unit]
    Description=Risk Manager, guardian of futures accounts
    Wants=network-online.target
    After=network-online.target time-sync.target
    StartLimitIntervalSec=0

    [Service]
    Type=notify
    NotifyAccess=main
    ExecStart=%s
    User=%s
    EnvironmentFile=-%s
    Restart=always
    RestartSec=2
    # 0 is an admin's `engine stop`, with the password: the one end that stays.
    RestartPreventExitStatus=0
    WatchdogSec=30
    TimeoutStartSec=120
    TimeoutStopSec=30
    KillMode=mixed
    OOMScoreAdjust=-500
    CPUWeight=1000
    IOWeight=1000
    LimitNOFILE=65536
    UMask=0077
    WorkingDirectory=%s
    NoNewPrivileges=yes
    CapabilityBoundingSet=
    AmbientCapabilities=
    ProtectSystem=strict
    ReadWritePaths=%s
    ProtectHome=%s
    PrivateTmp=yes
    PrivateDevices=yes
    ProtectKernelTunables=yes
    ProtectKernelModules=yes
    ProtectKernelLogs=yes
    ProtectControlGroups=yes
    ProtectClock=yes
    ProtectHostname=yes
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    RemoveIPC=yes
    RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
    SystemCallArchitectures=native
    SystemCallFilter=@system-service
    SystemCallErrorNumber=EPERM

    [Install]
    WantedBy=multi-user.target
    """
        .formatted(
            program(command.get(0))
                + command.stream()
                    .skip(1)
                    .map(w -> " " + argument(w))
                    .collect(Collectors.joining()),
            user,
            ENVIRONMENT,
            path(home),
            '"' + quoted(path(home)) + '"',
            isBelowHomes() ? "read-only" : "yes");
  }

  /** What lies below the users' homes would be hidden from it by {@code ProtectHome=yes}. */
  private boolean isBelowHomes() {
    return isBelowHomes(home) || programs.stream().anyMatch(SystemdUnit::isBelowHomes);
  }

  private static boolean isBelowHomes(Path path) {
    return path.startsWith("/home") || path.startsWith("/root") || path.startsWith("/run/user");
  }

  /** As systemd.service(5) reads a word of a command line: quoted, %% for %, $$ for $. */
  static String argument(String word) {
    return program(word).replace("$", "$$");
  }

  /** The first word is read without variables, so $ stands for itself. */
  private static String program(String word) {
    String escaped = quoted(word).replace("%", "%%");
    boolean plain = word.matches("[A-Za-z0-9_@%+=:,./$-]+");
    return plain ? escaped : '"' + escaped + '"';
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** A path that is the whole of a value: only % means something there. */
  private static String path(Path path) {
    return path.toString().replace("%", "%%");
  }
}
