/** The edge for operators and routers: translates calls of {@code PageCacheAdminService}. */
package dev.unmask.cache.admin;
