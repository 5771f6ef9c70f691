/** The attributes of a dead letter: the sender's own and ours, within what SQS takes. */

/** Most attributes of a message. */
const mostAttributes = 10;
/** Greatest size of a message with its attributes. */
export const maxMessageBytes = 1_048_576;
/** What the worker adds, most important first. */
const addedNames = ['reason', 'originalMessageId', 'explanation', 'advice'] as const;
/** Holds the sender's last attributes as JSON when there is no place for each. */
const packedName = 'furtherAttributes';
/** Never packed: they say whose event it is, to people and to a redrive by AWS's own means. */
const identifying = ['source', 'idempotencykey'];

type Texts = readonly (readonly [name: string, text: string])[];
export type Added = Readonly<Record<(typeof addedNames)[number], string>>;

/**
 * Every attribute of the sender, and those of ours for which there is room. A message of the greatest size has room for
 * none: that it is kept is more important than the reason.
 */
export function deadLetterAttributes(body: string, sent: Readonly<Record<string, string>>, added: Added): Texts {
  const room = maxMessageBytes - Buffer.byteLength(body);
  let texts = packed(sendersOwn(sent));
  // JSON may be longer than what it holds.
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
    // A sender may use any name, so this one too.
    return { ...others, [packedName]: further };
  }
}

/** Without what an earlier stay among the dead letters has left. */
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
