/** Holds documents to what they speak of. */
package dev.unmask.deploy.docs;
