/**
 * Brings a model's file here: from a mounted path, over HTTP or from S3, checksummed as it comes,
 * bounded in size, tried again while that may help, and out of its archive when it is in one. What
 * goes wrong is a {@link dev.berth.modelserver.failure.LoadFailure} whose words hold no secret.
 * Leans on the JDK's HTTP client and the AWS SDK.
 */
package dev.berth.modelserver.artifact;
