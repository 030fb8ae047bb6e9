/**
 * A client that keeps a steady load on an address and counts, without ever trying a request again,
 * what a user of the endpoint would see. It speaks HTTP/1.1 over plain sockets so that a connection
 * that ends without notice is a failure and not something that a library repairs in silence. Used
 * by the tests on a cluster, by the local shell's tests and by hand.
 */
package dev.berth.e2e.load;
