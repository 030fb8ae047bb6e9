/**
 * Tests of the whole house. What is here looks at Berth from outside: who may use whom, what the
 * chart renders, and what happens to clients on a real cluster. It leans on every module and no
 * module leans on it.
 */
package dev.berth.e2e;
