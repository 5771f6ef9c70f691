/** A request to the endpoint of a source, as its sender signed it. */
import type { Delivery } from '../../lib/sources/proofs/proof.ts';
import type { RoutedRequest } from './operation.ts';

export function deliveryOf({ event, parameters }: RoutedRequest, body: Buffer): Delivery {
  const { headers, requestContext, rawPath, rawQueryString, queryStringParameters: query } = event;
  const search = rawQueryString ? `?${rawQueryString}` : '';
  return {
    headers,
    body,
    method: requestContext.http.method,
    url: `https://${requestContext.domainName}${rawPath}${search}`,
    ...(query && { query }),
    pathToken: parameters['token'],
  };
}
