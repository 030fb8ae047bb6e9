/**
 * The Open Inference Protocol over gRPC: the service's methods, messages in and out. What a request
 * means is said in tensor and model, which HTTP asks too. Leans on invoke for models and workers
 * and on serving's gRPC.
 */
package dev.berth.modelserver.grpc;
