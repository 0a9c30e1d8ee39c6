@echo off
setlocal
set "ROOT=%~dp0.."
set "PROGRAM=%~1"
set "ENTRY=%~2"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if defined RISK_JAVA_HOME set "JAVA=%RISK_JAVA_HOME%\bin\java"
if exist "%ROOT%\runtime\bin\java.exe" set "JAVA=%ROOT%\runtime\bin\java"
if not exist "%ROOT%\lib" (
  echo %PROGRAM%: %ROOT%\lib is missing; build a distribution with: mvn -B -DskipTests package 1>&2
  exit /b 1
)
shift
shift
set "RISK_ROOT=%ROOT%"
"%JAVA%" -Xmx256m --enable-native-access=ALL-UNNAMED -cp "%ROOT%\lib\*" %ENTRY% %1 %2 %3 %4 %5 %6 %7 %8 %9
exit /b %ERRORLEVEL%
