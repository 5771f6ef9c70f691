/** Types of values that the settings of several schemes have. */
import * as z from 'zod/mini';

/** In lower case, as the gateway passes header names. */
export const headerName = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'must be the name of a header in lower case' }));

/** A JSONata expression over a body that is not proven yet. */
export const expression = z.string().check(z.minLength(1), z.maxLength(1000));

/** A fixed text before a value, such as `sha256=`. */
export const prefix = z.string().check(z.minLength(1), z.maxLength(32));

/** An address that is called; a loopback address may do without TLS. */
export const secureAddress = z.string().check(
  z.regex(/^(https:\/\/[^\s/@]+|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)(\/\S*)?$/, {
    error: 'must be an address with https',
  }),
);
