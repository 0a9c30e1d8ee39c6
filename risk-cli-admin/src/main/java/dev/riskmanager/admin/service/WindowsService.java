package dev.riskmanager.admin.service;

import java.nio.file.Path;

/**
 * The service on Windows: a definition for WinSW 2 ({@code github.com/winsw/winsw}) and the
 * commands that take the files from the trader. Written from its documentation; not tested on
 * Windows.
 *
 * @param java the Java program
 * @param arguments of it
 * @param home the home directory
 */
public record WindowsService(Path java, String arguments, Path home) {

  /** {@code risk-manager.xml}, to lie beside {@code risk-manager.exe}, which is WinSW renamed. */
  public String definition() {
    return """
    <!-- For WinSW 2 (github.com/winsw/winsw): put WinSW-x64.exe beside this file as risk-manager.exe,
         then, as administrator: risk-manager.exe install, risk-manager-acl.cmd, and
         risk-manager.exe start. Not tested on Windows. -->
    <service>
      <id>riskmanager</id>
      <name>Risk Manager</name>
      <description>Guardian of futures accounts</description>
      <executable>%s</executable>
      <arguments>%s</arguments>
      <startmode>Automatic</startmode>
      <serviceaccount>
        <domain>NT AUTHORITY</domain>
        <user>LocalService</user>
      </serviceaccount>
      <onfailure action="restart" delay="2 sec"/>
      <onfailure action="restart" delay="10 sec"/>
      <resetfailure>1 hour</resetfailure>
      <stoptimeout>30 sec</stoptimeout>
      <log mode="roll-by-size"/>
      <logpath>%s</logpath>
    </service>
    """
        .formatted(xml(java.toString()), xml(arguments), xml(home.resolve("logs").toString()));
  }

  /** {@code risk-manager-acl.cmd}: who may touch the home. */
  public String accessControl() {
    return """
    @echo off
    rem Run as administrator, after risk-manager.exe install. Not tested on Windows.
    rem The home belongs to the service and the administrators; nobody inherits anything.
    icacls "%1$s" /inheritance:r /grant:r "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" "*S-1-5-19:(OI)(CI)M" /T
    rem Users may pass through the home and open the sockets; they cannot make or remove one.
    rem That includes the admin's socket, which the password alone guards here.
    icacls "%1$s" /grant "*S-1-5-32-545:(RX)"
    icacls "%1$s\\run" /grant "*S-1-5-32-545:(RX)" "*S-1-5-32-545:(OI)(IO)(R,WD)"
    rem Users may see the service, not stop it: SYSTEM and administrators all, others query only.
    sc sdset riskmanager "D:(A;;CCLCSWRPWPDTLOCRRC;;;SY)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA)(A;;CCLCSWLOCRRC;;;IU)(A;;CCLCSWLOCRRC;;;SU)"
    """
        .formatted(home)
        .replace("\n", "\r\n");
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
