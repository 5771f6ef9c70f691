/**
 * The cache of discovered endpoints that DynamoDB's client creates at startup. The bundler uses it in place of the SDK's
 * cache, which includes a library of 7 KB: discovery is disabled in a function, so the cache stays empty.
 */
interface Endpoint {
  Address?: string;
  CachePeriodInMinutes: number;
}

export class EndpointCache {
  readonly #known = new Map<string, { Address?: string; Expires: number }[]>();

  get(key: string) {
    const valid = (this.#known.get(key) ?? []).filter(({ Expires }) => Date.now() < Expires);
    return valid.length > 0 ? valid : undefined;
  }

  getEndpoint(key: string): string | undefined {
    return this.get(key)?.[0]?.Address;
  }

  set(key: string, endpoints: readonly Endpoint[]): void {
    const kept = endpoints.map(({ CachePeriodInMinutes, ...endpoint }) => {
      return { ...endpoint, Expires: Date.now() + CachePeriodInMinutes * 60_000 };
    });
    this.#known.set(key, kept);
  }

  delete(key: string): void {
    this.#known.delete(key);
  }
}
