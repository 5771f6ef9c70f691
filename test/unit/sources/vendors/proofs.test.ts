/** Every vendor of docs/vendors.md: the settings of its row accept what the vendor sends, and what the row says is so. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Delivery, Scheme } from '../../../../lib/sources/proofs/proof.ts';
import { schemeOf } from '../../../../lib/sources/proofs/schemes.ts';
import { proofSettings, schemeNames } from '../../../../lib/sources/proofs/settings/proof.ts';
import { vendorGroups } from '../../../../tools/vendors/groups.ts';
import type { Covered, Vendor } from '../../../../tools/vendors/vendor.ts';
import { parties } from '../../../fakes/vendors/parties.ts';
import type { VendorKey } from '../../../fakes/vendors/party.ts';

const now = new Date('2026-11-20T09:30:00.250Z');
const hour = 3_600_000;
const vendors = vendorGroups.flatMap(({ vendors }) => vendors);
const provable = vendors.filter(({ proof }) => !('none' in proof));

afterEach(() => vi.unstubAllGlobals());

function partyOf(name: string) {
  const party = parties[name];
  if (party === undefined) throw new Error(`There is no party ${name}`);
  return party;
}

/** The row's settings with the vendor's public keys: in place of the placeholders, or else at the address of its key set. */
function schemeWith({ proof }: Vendor, keys: readonly VendorKey[]): Scheme {
  const published = keys.flatMap((key) => key.public ?? []);
  vi.stubGlobal('fetch', async () => Response.json({ keys: published }));
  return schemeOf(proofSettings.parse({ ...proof, ...('keys' in proof && { keys: published }) }));
}

/** `proven`, `unproven` or `stale`, with these keys valid at the source. */
async function prove(vendor: Vendor, keys: readonly VendorKey[], delivery: Delivery, at = now): Promise<string> {
  const scheme = schemeWith(vendor, keys);
  const live = keys.flatMap(({ stored }) => {
    const key = stored === undefined ? undefined : scheme.readKey?.(stored);
    if (key !== undefined && 'unusable' in key) throw new Error(`${vendor.name}: the secret ${key.unusable}`);
    return key === undefined ? [] : [key.key];
  });
  const result = await scheme.proof(delivery, live, at);
  return result.proven ? 'proven' : result.why;
}

function flipped(delivery: Delivery, text: string): Delivery {
  const body = Buffer.from(delivery.body);
  const position = body.indexOf(text) + text.length - 1;
  body[position] = (body[position] ?? 0) ^ 1;
  return { ...delivery, body };
}

/** Whether the row says that the proof covers this. */
const says = (vendor: Vendor, what: Covered) => vendor.covers.includes(what);
const refusedIf = (covered: boolean) => (covered ? 'unproven' : 'proven');

describe.each(provable.map((vendor) => [vendor.name, vendor] as const))('%s', (name, vendor) => {
  const party = partyOf(name);

  test('what the vendor sends is accepted', async () => {
    const key = await party.newKey();
    expect(await prove(vendor, [key], await key.deliver(now))).toBe('proven');
  });

  test('what someone else signs is refused', async () => {
    const [key, other] = [await party.newKey(), await party.newKey()];
    expect(await prove(vendor, [key], await other.deliver(now))).toBe('unproven');
  });

  test('both keys are valid during a rotation', async () => {
    const [old, next] = [await party.newKey(), await party.newKey()];
    for (const key of [old, next]) expect(await prove(vendor, [old, next], await key.deliver(now))).toBe('proven');
  });

  test('a flipped bit is noticed where the row says that the body is covered', async () => {
    const key = await party.newKey();
    const delivery = await key.deliver(now);
    expect(delivery.body.includes('Gold')).toBe(true);
    const changed = flipped(delivery, 'Gold');
    const noticed = says(vendor, 'body') || says(vendor, 'checksum of the body');
    expect(await prove(vendor, [key], changed)).toBe(refusedIf(noticed));
    if (says(vendor, 'part of the body')) {
      expect(await prove(vendor, [key], flipped(delivery, party.signedPart ?? ''))).toBe('unproven');
    }
  });

  test('an old delivery is refused where the row says that the time is covered', async () => {
    const key = await party.newKey();
    const old = await key.deliver(new Date(now.getTime() - 2 * hour));
    expect(await prove(vendor, [key], old)).toBe(says(vendor, 'time') ? 'stale' : 'proven');
  });

  test('another id is noticed where the row says that the id is covered', async () => {
    const key = await party.newKey();
    const delivery = await key.deliver(now);
    const headers = Object.fromEntries(
      Object.entries(delivery.headers).map(([header, value]) => [header, header.endsWith('-id') ? `${value}x` : value]),
    );
    expect(await prove(vendor, [key], { ...delivery, headers })).toBe(refusedIf(says(vendor, 'id')));
  });

  test('another address is noticed where the row says that the address is covered', async () => {
    const key = await party.newKey();
    const moved = { ...(await key.deliver(now)), url: 'https://api.example.com/v1/events/other' };
    expect(await prove(vendor, [key], moved)).toBe(refusedIf(says(vendor, 'address')));
  });
});

test('every preset of a sender has a row', () => {
  const general = ['bearer', 'basic', 'header-token', 'path-token', 'hmac', 'public-key', 'jwt'];
  const shown = new Set<string>(vendors.flatMap(({ proof }) => ('none' in proof ? [] : [proof.scheme])));
  // No sender with the asymmetric signatures of Standard Webhooks is known to us.
  const expected = schemeNames.filter((name) => !general.includes(name) && name !== 'standard-webhooks-v1a');
  expect(expected.filter((name) => !shown.has(name))).toEqual([]);
});

test('every vendor with settings has a party here, and the other way round', () => {
  expect(Object.keys(parties).sort()).toEqual(provable.map(({ name }) => name).sort());
});
