/** What an operator installs: the archive, the reference of settings, the manifests. */
package dev.unmask.deploy.installed;
