/**
 * Makes the cluster's objects as they were rendered, and writes nothing where nothing differs: one
 * class hides how (create, then server-side apply), who owns an object, and what counts as drift.
 * Leans on the Kubernetes client and on whoever knows what stands (an informer's cache).
 */
package dev.berth.operator.apply;
