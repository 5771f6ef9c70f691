/** An event on its way to the endpoint of its source. */

/** A request. */
export interface Sent {
  body: Buffer;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  url: string;
}

/** A request that is not signed yet. */
export interface Outgoing extends Sent {
  /** Id of the message, for schemes that sign one in a header. */
  id: string;
  /** Time of sending, for schemes that sign it. */
  at: Date;
}
