/** The settings of the gateway: one validated record a feature. */
package dev.unmask.gateway.config;
