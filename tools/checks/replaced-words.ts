/** Words that have a better replacement in plain technical English: the list that `npm run check:words` checks every file against. */

/** A pattern, and what to write instead. */
export interface ReplacedWord {
  found: RegExp;
  instead: string;
}

const words: Readonly<Record<string, string>> = {
  'can not': 'cannot',
  "can't": 'cannot',
  'for ever': 'forever, or permanently',
  anew: 'again',
  'unless told': 'Default: …',
  trouble: 'a failure, or an internal error',
  'must be a text': 'must be a string',
  'is a text': 'is a string',
  'is no text': 'is not a string',
  'is no number': 'is not a number',
  'no text': 'not a string',
  'tells the world': 'publishes',
  'told the world': 'published',
  'the world is told': 'is published',
  'the house': 'the repository',
  doors: 'endpoints',
  'at the door': 'at the endpoint',
  'is through': 'is complete',
  'lets be': 'leaves alone',
  whoever: 'the actor',
  'now and then': 'periodically, or from time to time',
  'nobody foresaw': 'unexpected',
  'out of reach': 'unavailable, or unreachable',
  mend: 'fix, or correct',
  mended: 'fixed, or corrected',
  'put back': 'retry, redrive, restore or return',
  'puts back': 'retries, redrives, restores or returns',
};

/** Each matches whole words in any case, also across the end of a line. */
export const replacedWords: readonly ReplacedWord[] = Object.entries(words).map(([word, instead]) => ({
  found: new RegExp(`(?<![\\w-])${word.replaceAll(' ', '\\s+(?:\\*\\s+|//\\s+)?')}(?![\\w-])`, 'giu'),
  instead,
}));
