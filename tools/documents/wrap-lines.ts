/** Wraps a paragraph into lines that fit a terminal. */
const lineLength = 120;

/** The text with line breaks; every line after the first starts with `indent`. */
export function wrapLines(text: string, indent = ''): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= lineLength) lines[lines.length - 1] = longer;
    else lines.push(lines.length === 0 ? word : `${indent}${word}`);
  }
  return lines.join('\n');
}
