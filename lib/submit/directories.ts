/** The directories of the businesses, in which holders are looked up. */

export interface Directories {
  /**
   * The holder whom the directory of this source knows by this key. Throws `holder-not-found`, or an IssuanceError of kind
   * `retry-later`: `lookup-unavailable`, `lookup-refused`, `lookup-answer-unusable`, `secret-unavailable`.
   */
  find(source: string, key: string): Promise<string>;
}
