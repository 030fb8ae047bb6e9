/**
 * Protocol Buffers as bytes: fields in, fields out, with no schema compiler, no runtime library and
 * no object a message. Two formats need so little of it that reading straight from the request's
 * bytes is shorter than a library would be. Leans on nothing but the JDK.
 */
package dev.berth.serving.protobuf;
