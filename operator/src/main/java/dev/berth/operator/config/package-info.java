/**
 * The EndpointConfigs' controller: says whether the Models that the variants name exist and which
 * Endpoints use the config, and holds its deletion back while one does. Leans on the planner for
 * both.
 */
package dev.berth.operator.config;
