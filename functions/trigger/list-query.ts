/** The query of `GET /v1/issuances`. */
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { ListQuery } from '../../lib/issuance/issuance-store.ts';
import { type Status, statuses } from '../../lib/issuance/status.ts';

export const mostPerPage = 100;

/** Throws `query-invalid`, naming the parameter. */
export function readListQuery(parameters: Readonly<Record<string, string | undefined>>, source: string): ListQuery {
  const { status, limit = '50', cursor, ...others } = parameters;
  if (Object.keys(others).length > 0) throw invalid('only status, limit and cursor are known');
  if (status === undefined || !(statuses as readonly string[]).includes(status)) {
    throw invalid(`status must be one of ${statuses.join(', ')}`);
  }
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > mostPerPage) {
    throw invalid(`limit must be a whole number from 1 to ${mostPerPage}`);
  }
  const after = cursor === undefined ? {} : { after: readCursor(cursor) };
  return { status: status as Status, limit: Number(limit), source, ...after };
}

/** A cursor is opaque to callers: the index position, encoded. */
export function writeCursor(position: string): string {
  return Buffer.from(position, 'utf8').toString('base64url');
}

function readCursor(cursor: string): string {
  const position = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^(?:~[a-z][a-z0-9-]{0,39}#)?\d{4}-[\dT:.-]{1,20}Z#iss_[\w-]{27}(@\d{4}-[\dT:.-]{1,20}Z)?$/.test(position))
    throw invalid('cursor must be the next of an earlier page');
  return position;
}

function invalid(detail: string): IssuanceError {
  return new IssuanceError('query-invalid', { detail });
}
