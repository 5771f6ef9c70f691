/** The external key of a wallet, which becomes one segment of a path. */
import { IssuanceError } from '../../issuance/issuance-error.ts';

const mostCharacters = 255;

/**
 * The key in NFC. Keys that cannot be one segment of a path in any encoding are refused: control characters and dot
 * segments (URL parsers also resolve `%2e%2e`). Throws `holder-invalid`.
 */
export function canonicalWalletKey(key: string): string {
  if (!key.isWellFormed() || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(key))
    throw invalid('it has control or broken characters');
  const canonical = key.normalize('NFC');
  if (canonical.trim() !== canonical || canonical === '') throw invalid('it is empty or has spaces around it');
  if (canonical.length > mostCharacters) throw invalid(`it has more than ${mostCharacters} characters`);
  if (canonical.split(/[/\\]/).some((segment) => segment === '.' || segment === '..'))
    throw invalid('it has dot segments');
  return canonical;
}

function invalid(why: string): IssuanceError {
  return new IssuanceError('holder-invalid', { detail: `as the external key of a wallet, ${why}` });
}
