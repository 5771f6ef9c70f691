/** `/api/wallets/{walletExternalKey}/trusted-contacts`: the contacts of a wallet, and whether they may issue directly. */
import type { Operation, SandboxRequest } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { TrustedContact } from '../books/changes.ts';
import type { Ledger } from '../books/ledger.ts';
import { fieldsOf, textField } from '../json-fields.ts';
import type { ProviderState } from '../provider-state.ts';

/** The inputs of a new contact. */
export type NewContact = Pick<TrustedContact, 'did' | 'name' | 'directIssueAllowed'>;

/** Creates the contact; `now` in ms since the epoch. */
export function addContact(ledger: Ledger, wallet: string, contact: NewContact, now: number): TrustedContact {
  const made = { id: ledger.wallets.nextContactId(), ...contact, createdAt: now, lastModifiedAt: now };
  ledger.record({ type: 'contact', wallet, contact: made });
  return made;
}

/** Times without a zone, as in the contract's example. */
function localTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

function shown(contact: TrustedContact) {
  const { createdAt, lastModifiedAt } = contact;
  return { ...contact, createdAt: localTime(createdAt), lastModifiedAt: localTime(lastModifiedAt) };
}

function walletOf(request: SandboxRequest, state: ProviderState): string {
  state.backend.check(request, state.switches(), state.now());
  const wallet = request.params['walletExternalKey'] ?? '';
  request.note({ wallet });
  if (!state.ledger.wallets.exists(wallet)) throw new Refusal(404, 'no wallet with this external key');
  return wallet;
}

function readContact(request: SandboxRequest): NewContact {
  const fields = fieldsOf(request);
  const did = textField(fields, 'did');
  if (!/^did:[a-z0-9]+:[\w.:%-]+$/.test(did)) throw new Refusal(400, 'did is no DID');
  const { directIssueAllowed } = fields;
  if (typeof directIssueAllowed !== 'boolean') throw new Refusal(400, 'directIssueAllowed must be true or false');
  return { did, name: textField(fields, 'name'), directIssueAllowed };
}

/** Registers and lists; registering an existing contact changes nothing, including `directIssueAllowed`. */
export function trustedContactOperations(state: ProviderState): Operation[] {
  const path = '/api/wallets/:walletExternalKey/trusted-contacts';
  return [
    {
      name: 'trusted-contact',
      method: 'POST',
      path,
      handle: (request) => {
        const wallet = walletOf(request, state);
        const wanted = readContact(request);
        request.note({ did: wanted.did });
        const { existingContact, grantsDirectIssue } = state.switches();
        const existing = state.ledger.wallets.contact(wallet, wanted.did);
        if (existing === undefined) {
          const directIssueAllowed = wanted.directIssueAllowed && grantsDirectIssue;
          const made = addContact(state.ledger, wallet, { ...wanted, directIssueAllowed }, state.now());
          return { status: 201, json: shown(made) };
        }
        if (existingContact === 200) return { status: 200, json: shown(existing) };
        if (existingContact === 'shown-in-409') return { status: 409, json: shown(existing) };
        throw new Refusal(existingContact, 'the trusted contact exists already');
      },
    },
    {
      name: 'list-trusted-contacts',
      method: 'GET',
      path,
      handle: (request) => {
        const wallet = walletOf(request, state);
        return { status: 200, json: state.ledger.wallets.contacts(wallet).map(shown) };
      },
    },
  ];
}
