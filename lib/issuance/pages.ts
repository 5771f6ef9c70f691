/** Iterates over pages; each page is read on demand. */
import type { Issuance } from './issuance.ts';
import type { IssuanceStore, ListQuery } from './issuance-store.ts';

/** The pages from a position. Default: from the first page. */
export async function* pagesOf<Page extends { next?: string }>(
  read: (after: string | undefined) => Promise<Page>,
  position?: string,
): AsyncGenerator<Page> {
  let after = position;
  do {
    const page = await read(after);
    yield page;
    after = page.next;
  } while (after !== undefined);
}

/** The records of a query, in pages of its limit. */
export async function* recordPages(
  store: Pick<IssuanceStore, 'list'>,
  query: Omit<ListQuery, 'after'>,
): AsyncGenerator<Issuance[]> {
  const pages = pagesOf((after) => store.list({ ...query, ...(after !== undefined && { after }) }));
  for await (const { issuances } of pages) yield issuances;
}
