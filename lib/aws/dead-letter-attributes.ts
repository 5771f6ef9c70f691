/** The attributes of a dead letter: the sender's own and ours, within the limits of SQS. */

/** Maximum number of attributes of a message. */
const mostAttributes = 10;
/** Maximum size of a message with its attributes. */
export const maxMessageBytes = 1_048_576;
/** The attributes that the worker adds, most important first. */
const addedNames = ['reason', 'originalMessageId', 'explanation', 'advice'] as const;
/** Contains the sender's last attributes as JSON if there are too many. */
const packedName = 'furtherAttributes';
/** Never packed: they identify the event, for people and for a redrive by SQS itself. */
const identifying = ['source', 'idempotencykey'];

type Texts = readonly (readonly [name: string, text: string])[];
export type Added = Readonly<Record<(typeof addedNames)[number], string>>;

/**
 * Every attribute of the sender, and as many of ours as fit. A message of the maximum size has room for none: keeping it
 * is more important than the reason.
 */
export function deadLetterAttributes(body: string, sent: Readonly<Record<string, string>>, added: Added): Texts {
  const room = maxMessageBytes - Buffer.byteLength(body);
  let texts = packed(sendersOwn(sent));
  // The JSON may be longer than its content.
  if (sizeOf(texts) > room) texts = Object.entries(sent);
  for (const name of addedNames) {
    const more = [...texts, [name, added[name]] as const];
    if (more.length <= mostAttributes && sizeOf(more) <= room) texts = more;
  }
  return texts;
}

/** The sender's attributes of a dead letter, as they were sent. */
export function sentAttributes(texts: Readonly<Record<string, string>>): Record<string, string> {
  const { [packedName]: further, ...others } = Object.fromEntries(sendersOwn(texts));
  if (further === undefined) return others;
  try {
    return { ...others, ...(JSON.parse(further) as Record<string, string>) };
  } catch {
    // A sender may use any name, including this name.
    return { ...others, [packedName]: further };
  }
}

/** Without our attributes from an earlier stay in the dead-letter queue. */
function sendersOwn(texts: Readonly<Record<string, string>>): Texts {
  return Object.entries(texts).filter(([name]) => !addedNames.some((added) => added === name));
}

function packed(own: Texts): Texts {
  const places = mostAttributes - addedNames.length;
  if (own.length <= places) return own;
  const isFirst = ([name]: Texts[number]) => identifying.includes(name.toLowerCase());
  const sorted = [...own.filter(isFirst), ...own.filter((text) => !isFirst(text))];
  const rest = Object.fromEntries(sorted.slice(places - 1));
  return [...sorted.slice(0, places - 1), [packedName, JSON.stringify(rest)]];
}

function sizeOf(texts: Texts): number {
  return texts.reduce((sum, [name, text]) => sum + Buffer.byteLength(`${name}String${text}`), 0);
}
