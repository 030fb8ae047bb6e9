/**
 * An HTTP/1.1 server that costs hardly more than its sockets, over Netty's event loops (io_uring or
 * epoll where there are such). A {@link dev.berth.serving.http.Handler} is a plain function from
 * request to answer; everything that strangers can do to a connection (endless bodies, slow
 * reading, smuggling, silence) is bounded here, so that handlers need not think of it. Leans on
 * Netty and on the words of {@code serving.wire}.
 */
package dev.berth.serving.http;
