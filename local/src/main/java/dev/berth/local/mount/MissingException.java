package dev.berth.local.mount;

import dev.berth.planner.ObservedFleet.ServerFailure;

/** A server cannot be set up; the failure says why. */
final class MissingException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient ServerFailure failure;

  MissingException(String reason, String message, boolean permanent) {
    super(message);
    this.failure = new ServerFailure(reason, message, permanent);
  }

  ServerFailure failure() {
    return failure;
  }
}
