/** The inputs and the answer of an operation of the HTTP API. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { AcceptPorts } from '../../lib/accept/accept.ts';
import type { NewIssuances } from '../../lib/accept/new-issuances.ts';
import type { IssuanceStore } from '../../lib/issuance/issuance-store.ts';
import type { TokenSecret } from '../../lib/sources/api-tokens.ts';
import type { Sources } from '../../lib/sources/settings.ts';
import type { SourceSecrets } from '../../lib/sources/source-secrets.ts';
import type { KeepPorts } from '../../lib/sources/unusable/keep-unusable.ts';

export interface TriggerPorts extends AcceptPorts, KeepPorts {
  store: IssuanceStore & NewIssuances;
  apiTokens: TokenSecret;
  sources: Sources;
  sourceSecrets: SourceSecrets;
  /** The OpenAPI document as a JSON string. */
  apiDocument(): string;
}

/** A request with its route. */
export interface RoutedRequest {
  event: APIGatewayProxyEventV2;
  /** The parameters of the route's path. */
  parameters: Readonly<Record<string, string | undefined>>;
  /** The prefix of the route's path: the mapping key of a custom domain, or empty. */
  basePath: string;
}

/** A request whose token has the scope of the route. */
export interface AuthorizedRequest extends RoutedRequest {
  /** The source that the token belongs to. */
  source: string;
}

export type Answer = APIGatewayProxyStructuredResultV2;
export type Operation<Request extends RoutedRequest> = (request: Request, ports: TriggerPorts) => Promise<Answer>;
