package dev.berth.e2e.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a story happens: a namespace of its own, there before the operator is. */
enum Scene {
  SWITCH,
  LOST_ROUTER,
  LOST_SERVER,
  LOST_OPERATOR,
  LOST_LEADER,
  LOST_API_SERVER,
  BAD_CHECKSUM,
  BAD_ANSWER,
  NO_FILE,
  CRASH,
  BAD_FIRST,
  LATE_REFERENCES,
  IN_USE,
  NAME_TAKEN,
  WEIGHTS,
  STILL,
  AUTOSCALING,
  IMAGES,
  SMALL_MEMORY;

  String namespace() {
    return Release.PREFIX + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> namespaces() {
    return Arrays.stream(values()).map(Scene::namespace).toList();
  }
}
