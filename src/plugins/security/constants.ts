export const SECURITY_PLUGIN_OPTIONS = Symbol('SECURITY_PLUGIN_OPTIONS');

export const loggerCtx = 'SecurityPlugin';

/** In lower case, as Node gives header names. */
export const STOREFRONT_CLIENT_HEADER = 'x-storefront-client';

/** Carries the reference under which a request's errors are in the log. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

/**
 * Largest bodies, in bytes. What it costs to refuse a query grows with its length. The largest operation of the
 * official storefront starters is about 5 kB with its variables; a product description or an order with many
 * lines in the Admin UI stays far below 2 MB.
 */
export const SHOP_BODY_LIMIT = 128 * 1024;
export const ADMIN_BODY_LIMIT = 2 * 1024 * 1024;

/** One uploaded file, and all files of one upload together. */
export const UPLOAD_FILE_LIMIT = 20 * 1024 * 1024;
export const UPLOAD_REQUEST_LIMIT = 100 * 1024 * 1024;

/**
 * How long a client may take, in ms: to send its headers, and to send the whole request, for which an upload of
 * 100 MB needs 7 Mbit/s. An idle connection is kept longer than load balancers keep theirs (60 s): it is
 * theirs to close it, or a request may meet the close half-way and fail.
 */
export const HEADERS_TIMEOUT_MS = 20_000;
export const REQUEST_TIMEOUT_MS = 120_000;
export const KEEP_ALIVE_TIMEOUT_MS = 65_000;
