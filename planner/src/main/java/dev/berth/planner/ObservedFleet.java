package dev.berth.planner;

import java.util.List;
import java.util.Optional;

/**
 * A fleet as a shell sees it.
 *
 * @param serverImage the image in its pod template
 * @param desiredReplicas what its Deployment (or its autoscaler) asks for now
 * @param readyReplicas pods or processes that pass their readiness check; 0 from the moment that
 *     its deletion has begun
 * @param settled its current shape is fully rolled out: no replica of an older template is left
 * @param failures what its processes said when they ended or why they cannot start, newest first
 * @param report what a ready server says of the model that it loaded
 */
public record ObservedFleet(
    String name,
    String variant,
    String revision,
    String serverImage,
    int desiredReplicas,
    int readyReplicas,
    boolean settled,
    List<ServerFailure> failures,
    Optional<ModelReport> report,
    String imageDigest) {

  /**
   * Why a server does not serve.
   *
   * @param permanent trying again cannot help while the resources stand as they do (a wrong
   *     checksum, a failing golden record), as opposed to a store that does not answer or a crash
   */
  public record ServerFailure(String reason, String message, boolean permanent) {}

  /** What a server learned from the file that it loaded. */
  public record ModelReport(
      String format,
      String xgboostVersion,
      String objective,
      int numFeatures,
      int numTrees,
      long sizeBytes,
      String sha256) {}
}
