/** Deletes the data of a holder from the records and the dead letters. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { announcer } from '../../lib/aws/announcer.ts';
import { walkDeadLetters } from '../../lib/aws/dead-letters.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { erasureIn } from '../../lib/aws/erasure.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { pseudonyms } from '../../lib/aws/pseudonyms.ts';
import { pseudonymKey } from '../../lib/aws/shared-secrets.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { tableMark } from '../../lib/aws/table-mark.ts';
import type { ProgramCatalog } from '../../lib/issuance/program.ts';
import { type EraseReport, erase } from '../../lib/operate/erase.ts';
import type { EraseWish } from '../../lib/operate/erase-record.ts';
import { factsOf } from '../../lib/programs/programs.ts';
import { sayNotUnderstood } from '../command-line/not-understood.ts';
import type { Target } from '../command-line/target.ts';
import { listUnusable, unusableIn } from '../unusable/events.ts';

export function eraseRecords(
  holder: string,
  wish: EraseWish,
  target: Target,
  programs: ProgramCatalog,
): Promise<EraseReport> {
  const now = () => new Date();
  const secrets = new SecretsManagerClient(target.client('services'));
  const table = documentClient(target.client('tables'));
  const tableName = target.output('TableName');
  const key = pseudonymKey(secrets, target.output('PseudonymKeySecretArn'), now);
  const names = pseudonyms(key, tableMark(table, tableName, now));
  return erase(holder, wish, {
    programs,
    programNames: Object.keys(target.environment.programs),
    pseudonyms: names,
    store: issuanceTable(table, tableName, sayNotUnderstood),
    slots: slotTable(table, tableName),
    erasure: erasureIn(table, tableName, names),
    factsOf: (program) => factsOf(target.environment, program),
    announcer: announcer(new EventBridgeClient(target.client('services')), target.output('EventBusName')),
    clock: { now },
    log: { write: () => undefined },
  });
}

/**
 * Deletes dead letters that name the holder, whatever the structure of their JSON. Returns their number. A message that is not
 * JSON is searched as a string.
 */
export async function eraseLetters(
  holder: string,
  dryRun: boolean,
  target: Target,
  programs: ProgramCatalog,
): Promise<number> {
  const forms = formsOf(holder, target, programs);
  const client = new SQSClient(target.client('messages'));
  let deleted = 0;
  await walkDeadLetters(client, target.output('DeadLetterQueueUrl'), async ({ body, attributes }) => {
    if (!namesOneOf(forms, [body, decoded(body), ...Object.values(attributes)])) return 'keep';
    deleted += 1;
    return dryRun ? 'keep' : 'delete';
  });
  return deleted;
}

/** Deletes unusable events that name the holder anywhere in their body or headers. Returns their number. */
export async function eraseUnusable(
  holder: string,
  dryRun: boolean,
  target: Target,
  programs: ProgramCatalog,
): Promise<number> {
  const forms = formsOf(holder, target, programs);
  const unusable = unusableIn(target);
  let deleted = 0;
  for (const { id } of await listUnusable(unusable)) {
    const payload = (await unusable.get(id))?.payload;
    if (payload === undefined) continue;
    const body = payload.body.toString('utf8');
    const fields = [...new URLSearchParams(body)].flat();
    const texts = [body, decoded(body), ...fields, ...fields.map(decoded), ...Object.values(payload.headers)];
    if (!namesOneOf(forms, texts)) continue;
    deleted += 1;
    if (!dryRun) await unusable.drop(id);
  }
  return deleted;
}

function namesOneOf(forms: readonly string[], texts: readonly string[]): boolean {
  const text = texts.join('\n').normalize('NFC').toLowerCase();
  return forms.some((form) => text.includes(form));
}

/** The holder as given, and in the canonical form of each program. */
function formsOf(holder: string, { environment }: Target, programs: ProgramCatalog): string[] {
  const canonical = Object.keys(environment.programs).flatMap((name) => {
    try {
      return programs.find(name)?.canonicalHolder(holder) ?? [];
    } catch {
      return [];
    }
  });
  return [...new Set([holder, ...canonical].map((form) => form.normalize('NFC').toLowerCase()))];
}

/** JSON may write any character as an escape sequence. */
function decoded(body: string): string {
  try {
    const texts: string[] = [];
    JSON.parse(body, (_key, value: unknown) => (typeof value === 'string' ? void texts.push(value) : value));
    return texts.join('\n');
  } catch {
    return '';
  }
}
