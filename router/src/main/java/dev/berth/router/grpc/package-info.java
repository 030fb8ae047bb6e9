/**
 * gRPC at the router's door: a call becomes the same request that the Open Inference Protocol has
 * over HTTP, with the message as its body, and the answer becomes a message again. So a call is
 * split, tried again, bounded and counted as every other request is. Leans on {@code proxy} for the
 * way there and back, on {@code serving.grpc} for the client's side.
 */
package dev.berth.router.grpc;
