package dev.berth.local.process;

import dev.berth.api.ProductionVariant.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** The heap of a model server, from the limit that its container would have. */
final class JvmSize {
  /** The rest is for threads, code, Netty's buffers. */
  private static final double HEAP_SHARE = 0.5;

  private static final long LEAST_MEBIBYTES = 64;

  private JvmSize() {}

  static List<String> flags(Resources resources) {
    Map<String, Quantity> limits = resources == null ? null : resources.limits();
    Quantity memory = limits == null ? null : limits.get("memory");
    if (memory == null) {
      return List.of();
    }
    long mebibytes =
        (long) (Quantity.getAmountInBytes(memory).doubleValue() * HEAP_SHARE / (1 << 20));
    return List.of("-Xmx" + Math.max(LEAST_MEBIBYTES, mebibytes) + "m");
  }
}
