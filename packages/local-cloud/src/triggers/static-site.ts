/** Serves a bucket's objects over HTTP in place of CloudFront. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { administratorHeaders, type LoopbackClient } from '../aws/loopback-client.ts';
import type { SitePlan } from '../template/plan-site.ts';

/** The inputs of the site after the plan is known. */
export interface SiteParts {
  site: SitePlan;
  client: LoopbackClient;
  origin: string;
  /** Whether the bucket's policy allows CloudFront to read this object. */
  allowed: (bucket: string, key: string) => Promise<boolean>;
}

const passedHeaders = [
  'content-type',
  'cache-control',
  'etag',
  'last-modified',
  'content-encoding',
  'content-language',
];
// Without permission to list the bucket a missing object is "access denied" behind CloudFront.
const accessDenied =
  '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

async function serve(parts: SiteParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end();
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const { site, client, origin } = parts;
  const path = pathname === '/' && site.rootObject ? `/${site.rootObject}` : pathname;
  const object = `${site.originPath}${path}`;
  const answer = await client.send('GET', `${origin}/${site.bucket}${object}`, administratorHeaders, '');
  const readable = answer.status === 200 && path !== '/' && (await parts.allowed(site.bucket, object.slice(1)));
  if (!readable) return void response.writeHead(403, { 'content-type': 'application/xml' }).end(accessDenied);
  for (const name of passedHeaders) {
    const value = answer.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  if (answer.headers.etag && request.headers['if-none-match'] === answer.headers.etag) {
    return void response.writeHead(304).end();
  }
  response.writeHead(200, { 'content-length': answer.body.length });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

/** Creates the server; until the parts are known it answers 503. */
export function staticSite(parts: () => SiteParts | undefined): Server {
  const server = createServer((request, response) => {
    const known = parts();
    if (!known) return void response.writeHead(503).end();
    serve(known, request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 75_000;
  return server;
}
