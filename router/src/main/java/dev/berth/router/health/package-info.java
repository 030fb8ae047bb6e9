/**
 * Whether a server is fit for requests, judged by what happened to the last ones. A server that
 * fails again and again is left alone for a while that doubles each time, then tried with one
 * request. Leans on nothing.
 */
package dev.berth.router.health;
