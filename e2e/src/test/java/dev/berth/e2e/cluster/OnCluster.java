package dev.berth.e2e.cluster;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Installs Berth before the first story, hands it to every story, removes it after the last. */
final class OnCluster implements ParameterResolver {
  private static final Namespace ROOM = Namespace.create(OnCluster.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Release.class;
  }

  @Override
  public Release resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ROOM)
        .computeIfAbsent("release", _ -> Release.install(), Release.class);
  }
}
