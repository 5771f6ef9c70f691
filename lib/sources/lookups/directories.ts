/** The directories of all sources, by the source's settings. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { lookupName } from '../../issuance/lookup-name.ts';
import type { Sources } from '../settings.ts';
import { askHttp, type HttpDirectoryPorts, type LookupSecret } from './http-directory.ts';
import type { LookupSettings } from './settings.ts';
import { askTable, type ReadItem } from './table-directory.ts';

export interface DirectoryPorts extends Omit<HttpDirectoryPorts, 'secret'> {
  readItem: ReadItem;
  /** An entry of the secret provider-accounts. */
  secretOf(entry: string): LookupSecret;
}

/** Finds holders by the look-up of their source. */
export function directoriesOf(sources: Sources, ports: DirectoryPorts) {
  return {
    async find(source: string, key: string): Promise<string> {
      const lookup = Object.hasOwn(sources, source) ? sources[source]?.lookup : undefined;
      // It may have been removed since the event was accepted.
      if (lookup === undefined) throw new IssuanceError('lookup-refused', { detail: 'the source has no lookup' });
      return ask(source, lookup, key, ports);
    },
  };
}

function ask(source: string, lookup: LookupSettings, key: string, ports: DirectoryPorts): Promise<string> {
  if (lookup.type === 'dynamodb') return askTable(lookup, key, ports.readItem);
  return askHttp(lookup, key, { ...ports, secret: ports.secretOf(lookupName(source)) });
}
