/** A bucket with a CDN in front, on this machine: what was asked for once is answered from the copy until it is invalidated. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Cdn {
  bucket: string;
  distributionId: string;
  /** What the clients of S3 and CloudFront are told to reach it, beside the settings they have in a function. */
  client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  /** Public address of an object. */
  urlOf(key: string): string;
  close(): Promise<void>;
}

interface Served {
  body: string;
  headers: Record<string, string>;
}

const bucket = 'site';
const distributionId = 'E1EXAMPLE';

export async function startCdn(): Promise<Cdn> {
  const objects = new Map<string, Served>();
  const copies = new Map<string, Served>();

  const invalidate = (batch: string): void => {
    for (const [, path = ''] of batch.matchAll(/<Path>([^<]+)<\/Path>/g)) copies.delete(path);
  };
  const read = (path: string, response: ServerResponse): void => {
    const served = copies.get(path) ?? objects.get(path);
    if (served === undefined) return void response.writeHead(403).end();
    copies.set(path, served);
    response.writeHead(200, served.headers).end(served.body);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const body = await text(request);
    if (request.method === 'PUT' && pathname.startsWith(`/${bucket}/`)) {
      const { 'content-type': type = '', 'cache-control': cache = '' } = request.headers;
      const headers = { 'content-type': type, 'cache-control': cache, 'last-modified': new Date().toUTCString() };
      objects.set(pathname.slice(bucket.length + 1), { body, headers });
      response.writeHead(200, { etag: '"1"' }).end();
    } else if (request.method === 'POST' && pathname.endsWith(`/distribution/${distributionId}/invalidation`)) {
      invalidate(body);
      response.writeHead(201, { 'content-type': 'text/xml' }).end('<Invalidation><Id>I1</Id></Invalidation>');
    } else if (request.method === 'GET') read(pathname, response);
    else response.writeHead(400).end();
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    bucket,
    distributionId,
    client: { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    urlOf: (key) => `${endpoint}/${key}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
