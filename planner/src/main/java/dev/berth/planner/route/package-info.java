/**
 * What routers obey and whether they do: an Endpoint's fleets and weights, and the routers' word
 * that they serve them. Nothing else in the product decides a weight. Leans on revision, naming and
 * defaults.
 */
package dev.berth.planner.route;
