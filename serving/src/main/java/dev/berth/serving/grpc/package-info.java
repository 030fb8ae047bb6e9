/**
 * gRPC for calls of one message each way, over HTTP/2 in the clear: Netty's codec frames and
 * bounds, this room adds the five bytes before a message and the trailers behind it. Handlers get
 * the bytes of a message and give bytes back, on an event loop or later. Leans on Netty and on http
 * for bounds that both servers share.
 */
package dev.berth.serving.grpc;
