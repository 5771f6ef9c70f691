/** All senders of tests. */
import { senders } from '../senders.ts';
import { bodySigners } from './body-signers.ts';
import { hmacSigners } from './hmac-signers.ts';
import { keySigners } from './key-signers.ts';
import { fromSender, type Signer } from './signer.ts';
import { tokenSigners } from './token-signers.ts';

export const signers: readonly Signer[] = [
  ...senders.map(fromSender),
  ...hmacSigners,
  ...tokenSigners,
  ...keySigners,
  ...bodySigners,
];
