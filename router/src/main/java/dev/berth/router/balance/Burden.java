package dev.berth.router.balance;

/**
 * What a request is likely to cost its server, as far as a router can see.
 *
 * @param kind alike for requests of which the larger one costs at least as much
 * @param bytes of its body
 */
public record Burden(String kind, long bytes) {}
