package dev.berth.operator.apply;

/** Hears of every call that changes something in the cluster. */
@FunctionalInterface
public interface Writes {

  /**
   * A call has changed an object.
   *
   * @param kind the object's kind
   * @param verb create, apply, patch or delete
   */
  void wrote(String kind, String verb);
}
