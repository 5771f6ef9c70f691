/** Generates a secret's first value like CloudFormation's GenerateSecretString. */
import { randomInt } from 'node:crypto';
import { asNumber, asText, type JsonObject } from '../template/json.ts';

const characterSets = {
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

function pick(from: string): string {
  return from.charAt(randomInt(from.length));
}

function shuffle(characters: string[]): string {
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
}

function password(rules: JsonObject): string {
  const excluded = asText(rules['ExcludeCharacters']) ?? '';
  const allowed = Object.entries(characterSets)
    .filter(([rule]) => rules[rule] !== true)
    .map(([, set]) =>
      set
        .split('')
        .filter((one) => !excluded.includes(one))
        .join(''),
    )
    .filter((set) => set !== '');
  if (rules['IncludeSpace'] === true) allowed.push(' ');
  const length = asNumber(rules['PasswordLength']) ?? 32;
  const required = rules['RequireEachIncludedType'] === false ? [] : allowed.map(pick);
  const all = allowed.join('');
  while (required.length < length) required.push(pick(all));
  return shuffle(required.slice(0, length));
}

/** A value according to the rules: a bare password, or the template object with the password under its key. */
export function generateSecret(rules: JsonObject): string {
  const template = asText(rules['SecretStringTemplate']);
  const key = asText(rules['GenerateStringKey']);
  if (template === undefined || key === undefined) return password(rules);
  return JSON.stringify({ ...(JSON.parse(template) as object), [key]: password(rules) });
}
