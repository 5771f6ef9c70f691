/** Reads a value from standard input, where no list of processes and no shell history shows it. */
export async function readInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
}
