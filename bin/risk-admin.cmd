@echo off
rem Windows launcher: needs a distribution (lib\) and a Java 25 in RISK_JAVA_HOME, JAVA_HOME or PATH. Not tested.
setlocal
call "%~dp0launch.cmd" risk-admin dev.riskmanager.admin.app.RiskAdminMain %*
