package dev.riskmanager.daemon.service;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What others may not do with a file that this process creates. Java can say that for some files
 * and not for those that libraries create.
 */
public final class Umask {
  private static final int OWNER_ONLY = 0077;

  private Umask() {}

  /**
   * From now on whatever is created is its owner's alone, until its permissions are changed on
   * purpose. Does nothing on systems other than Linux.
   */
  public static void ownerOnly() {
    if (!DatagramSocket.isSupported()) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle umask =
          linker.downcallHandle(
              linker.defaultLookup().find("umask").orElseThrow(),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      int ignored = (int) umask.invokeExact(OWNER_ONLY);
    } catch (Throwable e) {
      // Only a wrong description of the function gets here.
      throw new IllegalStateException("the umask cannot be set", e);
    }
  }
}
