package dev.berth.e2e.architecture.badhouse.local;

import io.javaoperatorsdk.operator.api.reconciler.Context;

/** A laptop's shell that thinks that it is an operator. */
record Impostor(Context<?> context) {}
