/**
 * The route table: what a router obeys, as records and as JSON. One shell writes it to a file, the
 * other puts the same facts into EndpointRoutes; the router turns either into traffic. Leans on
 * Jackson only.
 */
package dev.berth.serving.route;
