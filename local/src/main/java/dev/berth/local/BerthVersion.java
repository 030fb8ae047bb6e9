package dev.berth.local;

import picocli.CommandLine.IVersionProvider;

/** The jar's version, and the Java that runs it. */
final class BerthVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = BerthVersion.class.getPackage().getImplementationVersion();
    return new String[] {
      "berth " + (version == null ? "(not from a jar)" : version),
      "java " + Runtime.version() + " " + System.getProperty("java.home")
    };
  }
}
