/** A client of the HTTP API, like any other back end. */

import type { Problem } from '../../lib/http/problem.ts';
import type { IssuanceView } from '../../lib/issuance/view.ts';

export type PostAnswer =
  | { accepted: true; issuance: IssuanceView; replayed: boolean }
  | { accepted: false; problem: Problem };

export interface ApiClient {
  /** Requests a credential. Repeats automatically while the API says that repeating is safe. */
  post(idempotencyKey: string, body: unknown): Promise<PostAnswer>;
  get(id: string): Promise<IssuanceView>;
  list(status: string): Promise<IssuanceView[]>;
}

const mostTries = 5;

export function apiClient(apiUrl: string, token: string): ApiClient {
  const authorization = `Bearer ${token}`;

  async function getJson(path: string): Promise<unknown> {
    const response = await fetch(`${apiUrl}${path}`, { headers: { authorization } });
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}`);
    return response.json();
  }

  return {
    async post(idempotencyKey, body) {
      const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
      for (let tries = 1; ; tries += 1) {
        const response = await fetch(`${apiUrl}/v1/issuances`, { method: 'POST', headers, body: JSON.stringify(body) });
        if (response.status >= 500 && tries < mostTries) continue;
        if (!response.ok) return { accepted: false, problem: (await response.json()) as Problem };
        const replayed = response.headers.get('idempotent-replayed') === 'true';
        return { accepted: true, issuance: (await response.json()) as IssuanceView, replayed };
      }
    },
    async get(id) {
      return (await getJson(`/v1/issuances/${id}`)) as IssuanceView;
    },
    async list(status) {
      const page = (await getJson(`/v1/issuances?status=${status}&limit=100`)) as { issuances: IssuanceView[] };
      return page.issuances;
    },
  };
}
