/** What a call ended in: its error as `code: detail`, or `accepted`. */
export async function endOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    const { code = String(error), detail } = error as { code?: string; detail?: string };
    return detail === undefined ? code : `${code}: ${detail}`;
  }
}
