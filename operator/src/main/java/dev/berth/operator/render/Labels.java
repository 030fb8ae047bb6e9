package dev.berth.operator.render;

import dev.berth.planner.Fleet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Labels and annotations that Berth's objects carry, and by which it finds them again. */
public final class Labels {

  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String BERTH = "berth";
  public static final String APP = "app.kubernetes.io/name";
  public static final String INSTANCE = "app.kubernetes.io/instance";
  public static final String ENDPOINT = "berth.dev/endpoint";
  public static final String VARIANT = "berth.dev/variant";
  public static final String REVISION = "berth.dev/revision";
  public static final String FLEET = "berth.dev/fleet";
  public static final String COMPONENT = "berth.dev/component";

  public static final String MODEL_SERVER = "model-server";
  public static final String ROUTER = "router";
  public static final String ENTRY = "endpoint";

  /** Annotation: the Model that a fleet serves; a Model's name may be longer than a label. */
  public static final String MODEL = "berth.dev/model";

  /** Annotation: Berth's image that a fleet was made with, told apart from a Model's own image. */
  public static final String SERVER_IMAGE = "berth.dev/server-image";

  /** Annotation: hash of what a fleet's pods were made from. */
  public static final String TEMPLATE_OF = "berth.dev/template-of";

  /** Annotation: hash of the pod template as the release that made the fleet rendered it. */
  public static final String TEMPLATE = "berth.dev/template";

  /** Annotation: what a ready server of the fleet says of its model, as JSON. */
  public static final String MODEL_REPORT = "berth.dev/model-report";

  /** Selects every object of ours. */
  public static final String SELECTOR = MANAGED_BY + "=" + BERTH;

  private Labels() {}

  static Map<String, String> ofFleet(Fleet fleet) {
    Map<String, String> labels = ofEndpoint(fleet.endpoint(), MODEL_SERVER);
    labels.put(APP, "berth-model-server");
    labels.put(VARIANT, fleet.variant().name());
    labels.put(REVISION, fleet.revision());
    labels.put(FLEET, fleet.name());
    return labels;
  }

  /** The least that tells a fleet's pods from all others: a selector can never change. */
  static Map<String, String> selectingFleet(Fleet fleet) {
    return new TreeMap<>(Map.of(MANAGED_BY, BERTH, FLEET, fleet.name()));
  }

  static Map<String, String> ofEndpoint(String endpoint, String component) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(MANAGED_BY, BERTH);
    labels.put(INSTANCE, endpoint);
    labels.put(ENDPOINT, endpoint);
    labels.put(COMPONENT, component);
    return labels;
  }

  static Map<String, String> ofRouter() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(APP, "berth-router");
    labels.put(MANAGED_BY, BERTH);
    labels.put(COMPONENT, ROUTER);
    return labels;
  }

  static Map<String, String> selectingRouters() {
    return new TreeMap<>(Map.of(MANAGED_BY, BERTH, COMPONENT, ROUTER));
  }
}
