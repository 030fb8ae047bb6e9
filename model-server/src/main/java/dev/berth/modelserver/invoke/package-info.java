/**
 * What the data port says: invocations, KServe's V1 protocol, the container contract of SageMaker.
 * The same few lines answer a client and a golden record, so that what was proven before readiness
 * is what is served. Leans on model, media and serving's HTTP.
 */
package dev.berth.modelserver.invoke;
