/** The settings of a source's look-up: its directory, what is asked, and where the answer names the holder. */
import * as z from 'zod/mini';

/** A JSONata expression; `$key` is the directory's key of the holder. */
const expression = z.string().check(z.minLength(1), z.maxLength(4000));

/** Over TLS, except on this machine. The key of an event must not choose the host. */
const address = z.string().check(
  z.maxLength(1000),
  z.regex(/^(https:\/\/[^\s@#/?{}]+([/?][^\s#]*)?|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/[^\s#]*)$/, {
    error: 'must be an https address without a user name and a fragment, with {key} only after the host',
  }),
);

/** How we prove who we are. The secret provider-accounts has the values, in the entry `lookup:<source>`. */
const authentication = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  /** `token` in `authorization: Bearer`. */
  z.strictObject({ type: z.literal('bearer') }),
  /** `username` and `password`. */
  z.strictObject({ type: z.literal('basic') }),
  /** `token` in this header. */
  z.strictObject({
    type: z.literal('header'),
    header: z
      .string()
      .check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'must be the name of a header in lower case' })),
  }),
]);

/** An HTTP service of the business. */
const httpLookup = z.strictObject({
  type: z.literal('http'),
  /** `{key}` stands for the key, percent-encoded. */
  url: address,
  /** The JSON body of a POST. Default: a GET without a body. */
  body: z.optional(expression),
  authentication,
  /** The holder in the answer; a result of null, an empty string or nothing means that there is no such holder. */
  answer: expression,
  /** Default: only public addresses are connected to. */
  allowPrivateAddresses: z._default(z.boolean(), false),
});

/** A table in DynamoDB, from which one item is read by its key. */
const tableLookup = z.strictObject({
  type: z.literal('dynamodb'),
  /** A table of the deployment's account and region, or the ARN of another in the region. */
  table: z.string().check(
    z.regex(/^([\w.-]{3,255}|arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]{3,255})$/, {
      error: 'must be the name or the ARN of a table',
    }),
  ),
  /** The primary key of the item, such as `{ 'pk': 'CUSTOMER#' & $key }`. */
  key: expression,
  answer: expression,
});

export const lookupSettings = z.discriminatedUnion('type', [httpLookup, tableLookup]);

export type LookupSettings = z.infer<typeof lookupSettings>;
export type HttpLookup = z.infer<typeof httpLookup>;
export type TableLookup = z.infer<typeof tableLookup>;
