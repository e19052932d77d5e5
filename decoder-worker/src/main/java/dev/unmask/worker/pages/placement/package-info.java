/**
 * Which of several cache-services keeps a state: a load balancer and a name resolver for gRPC, on
 * its public interfaces. All workers place a state on the same instance, because the choice is a
 * function of the state's home and the instances' names alone; an instance that is lost moves its
 * own states and no others.
 */
package dev.unmask.worker.pages.placement;
