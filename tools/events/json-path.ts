/** Paths to members of an event: `data.lines[0].plan`, `data.lines.0.plan`, `headers["x.y"]`. */

/** Names of members and indexes of arrays, from the outside in. */
export type JsonPath = readonly (string | number)[];

const step = /\.?([^.[\]"=\s][^.[\]"=]*)|\[(\d{1,6})\]|\["((?:[^"\\]|\\.)+)"\]/y;

/** The path at the beginning of a text, and the rest of the text; undefined if there is none. */
export function readPath(text: string): { path: JsonPath; rest: string } | undefined {
  const path: (string | number)[] = [];
  step.lastIndex = 0;
  let end = 0;
  for (let match = step.exec(text); match !== null; match = step.exec(text)) {
    const [whole, name, index, quoted] = match;
    const unexpectedDot = path.length === 0 ? whole.startsWith('.') : name !== undefined && !whole.startsWith('.');
    if (unexpectedDot) return undefined;
    path.push(name ?? (index === undefined ? unquote(quoted ?? '') : Number(index)));
    end = step.lastIndex;
  }
  return path.length === 0 ? undefined : { path, rest: text.slice(end) };
}

function unquote(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}

/** The path as a person would type it. */
export function writePath(path: JsonPath): string {
  const text = path.map((one) => {
    if (typeof one === 'number') return `[${one}]`;
    return /^[^.[\]"=\s]+$/.test(one) ? `.${one}` : `[${JSON.stringify(one)}]`;
  });
  return text.join('').replace(/^\./, '');
}
