/** Connects only to public addresses: what a host name resolves to is checked, and exactly that is connected to. */
import { lookup as resolveName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { connectingFetch, type Fetch, neverConnected } from './connecting-fetch.ts';

/** IPv4 blocks that are not globally reachable: https://www.iana.org/assignments/iana-ipv4-special-registry */
const special4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 ' +
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3';
/** IPv6 blocks within 2000::/3 that are not: https://www.iana.org/assignments/iana-ipv6-special-registry */
const special6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20';

const special = blocksOf(special4, 'ipv4');
const special6List = blocksOf(special6, 'ipv6');
/** All addresses that are assigned to be globally reachable are in this block. */
const global6 = blocksOf('2000::/3', 'ipv6');

function blocksOf(blocks: string, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const block of blocks.split(' ')) {
    const [address = '', bits] = block.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Whether an address is globally reachable. IPv4 addresses written as IPv6 are not: they can name any address. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !special6List.check(address, 'ipv6');
}

const refusedAddress = 'ERR_ADDRESS_NOT_PUBLIC';

function refused(): Error {
  return Object.assign(new Error('The address is not public'), { code: refusedAddress });
}

/** Whether a request was not sent because the address is not public. */
export function isRefusedAddress(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && cause.code === refusedAddress) return true;
  }
  return false;
}

/** Resolves a host name to its public addresses: the connection is made to one of these, whatever the name resolves to later. */
export function publicLookup(resolve: typeof resolveName = resolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const [first, ...others] = addresses.filter(({ address }) => isPublicAddress(address));
      if (first === undefined) return callback(refused(), '');
      if (options.all) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    });
  };
}

/** `fetch` that connects only to public addresses. `connectMs` as in connectingFetch. */
export function publicFetch(connectMs: number, lookup: LookupFunction = publicLookup()): Fetch {
  const fetch = connectingFetch(connectMs, lookup);
  return async (url, options) => {
    // A host that is an address is not resolved.
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !isPublicAddress(host)) {
      throw Object.assign(new Error('No connection', { cause: refused() }), { code: neverConnected });
    }
    return fetch(url, options);
  };
}
