/** The faults and bad inputs that the product must handle: number, fault, expected behaviour. */

export interface FaultRow {
  number: number;
  fault: string;
  expected: string;
  /** Why no test can show it; required for a row without tests. */
  notShown?: string;
}

const row = (number: number, fault: string, expected: string): FaultRow => ({ number, fault, expected });

/** Tests are named after the numbers: `fault 7: …`. */
export const faultRows: readonly FaultRow[] = [
  row(
    1,
    'the provider issues, but its answer is lost',
    'the outcome is determined, or uncertain; never a second call without checking',
  ),
  row(2, 'a crash between the provider’s answer and the write', 'as 1'),
  row(3, 'a crash at every other step', 'the redelivered message leads to the same end'),
  row(4, 'the same message twice, one after the other', 'no second call to the provider'),
  row(5, 'the same message to two workers at once', 'one proceeds, the other is tried again later'),
  row(6, 'a lease expires while its worker is still running', 'the late write is refused by the fencing token'),
  row(7, 'the handler throws after the provider has issued', 'as 1'),
  row(
    8,
    'one defective message in a batch of ten',
    'nine succeed; only the defective message becomes a dead letter, with a reason',
  ),
  row(9, 'a webhook is repeated', 'the first answer again; nothing new is issued'),
  row(10, 'a webhook with an old or future timestamp', '4xx; nothing is queued'),
  row(
    11,
    'a body or signature that differs slightly',
    'accepted only if it matches exactly over the raw bytes, with any current secret',
  ),
  row(12, 'the same idempotency key with another payload', '422; the first issuance is unchanged'),
  row(13, 'the queue refuses a message or does not answer', '5xx; repeating is safe'),
  row(14, 'events of one holder arrive out of order', 'the older event ends superseded'),
  row(15, 'two events of one holder at the same instant', 'one after the other, or superseded; the newest claims win'),
  row(16, 'many 429 answers, with retry-after in any form', 'respected up to a maximum, with jitter; no dead letters'),
  row(
    17,
    'answers that are errors, malformed, endless or redirects',
    'classified as permanent, retry later or unknown; limited in size; not followed',
  ),
  row(
    18,
    'no answer, a very slow answer, a host name or TLS that fails',
    'one deadline for the whole call, shorter than the function’s time-out',
  ),
  row(
    19,
    'status 404 right after issuing',
    'a grace period, then unconfirmed with an alarm; never issued again automatically',
  ),
  row(
    20,
    'a status that regresses, or that is not documented',
    'an end never changes; an unknown status is requested again and counted',
  ),
  row(21, 'the provider never confirms', 'unconfirmed after the deadline; it can still be confirmed'),
  row(
    22,
    'the execution name is taken, or the start is throttled',
    'taken counts as success; throttled is tried again',
  ),
  row(23, 'the poller crashes or is stopped', 'reconcile starts it again'),
  row(24, 'a key is rotated between read and use', 'the key sets overlap; the ring is read again once after a 401'),
  row(
    25,
    'caches hold old copies of the JWKS',
    'a key signs only after it has been public; no private member is published',
  ),
  row(
    26,
    'a secret is unavailable, malformed, too short or misnamed',
    'the last valid key is used for a time, or the work waits; nothing is lost',
  ),
  row(
    27,
    'a clock is off by five minutes, ours or the provider’s',
    'iat is back-dated by seconds; otherwise the reason names the clock',
  ),
  row(28, 'forged or manipulated tokens', 'refused'),
  row(
    29,
    'hostile offers, status URIs and wallet keys',
    'requested only at the account’s origin; encoded where they are used',
  ),
  row(30, 'a body that is too large, too deep, or has too many members', '413 or 422; nothing is queued'),
  row(31, 'e-mail addresses in every notation', 'one canonical form for key and JWT; 422 for invalid addresses'),
  row(32, '__proto__ and similar names', 'refused or ignored; Object.prototype unchanged'),
  row(33, 'a mapping expression that loops or grows without limit', 'limited in time and size; only that event fails'),
  row(34, 'line breaks, ANSI codes, JSON or a megabyte in a logged field', 'one escaped, truncated line'),
  row(35, 'unusual numbers, dates and booleans', 'the schema decides; 422'),
  row(36, 'dead letters are redriven twice, after success, or weeks later', 'no effect, superseded, or the same end'),
  row(37, 'DynamoDB throttles; an item exceeds 400 KB', 'tried again with jitter; refused on entry'),
  row(38, 'a burst of 1,000 after a cold start', 'the concurrency limit holds; each container reads each secret once'),
  row(39, 'one program’s account is broken', 'other programs are not affected'),
  row(40, 'a caller requests another source’s issuance', '404, as for an unknown id'),
  row(
    41,
    'old messages with new code, and new messages with old code',
    'messages have a version; unknown versions become dead letters',
  ),
  row(
    42,
    'an internal failure: secrets, permissions, table, bus, a removed program, 429 to every call',
    'an alarm within 15 minutes, whatever the cause, even if reconcile stops',
  ),
  row(
    43,
    'the provider carries out a call up to 20 s after its deadline',
    'the outcome is determined only after that; one live credential, which the receipt names',
  ),
  row(
    44,
    'Credenco: a push is lost, and the offer stays unclaimed for hours',
    'the same offer is pushed again, or uncertain; no second offer while the first may be valid; no revocation id is lost',
  ),
  row(
    45,
    'Credenco: a contact exists without the right to issue directly, or the wallet refuses',
    'never trust-verified; no push into a wallet that refuses; offered in the inbox if the program allows it',
  ),
  row(46, 'a status answer about another hash or correlation id', 'not accepted: requested again, and counted'),
  row(
    47,
    'ignore with new claims; a 409 to ignore because the holder refused',
    'record and event say that the older credential remains; a 409 is not a success',
  ),
  row(
    48,
    'an unconfirmed issuance is confirmed after a newer credential was issued',
    'its event says that it was replaced; the newest credential counts',
  ),
  row(
    49,
    'a provider does not answer for hours',
    'one probe at a time, including recoveries; the rest waits in the table; a healthy program’s p95 within twice its quiet value',
  ),
  row(
    50,
    'an address that accepts no connection and sends no refusal',
    'known as not sent after a third of the call’s deadline; tried again later',
  ),
  row(
    51,
    'an outage of days at 500 events a second',
    'no message in flight; other programs continue; the newest event still wins',
  ),
  row(
    52,
    '429 with retry-after while polling; more work than the account’s callsPerSecond',
    'respected: the program is not polled before that time; all containers together keep callsPerSecond within a fifth',
  ),
  row(
    53,
    'two programs of one account name the same credential',
    'refused at synthesis, with both names and the remedy',
  ),
  row(54, 'a call to AWS that never answers', 'ended, then tried again within the function’s time-out'),
  row(
    55,
    'a tenth of the calls fails at random',
    'the circuit breaker stays closed: it opens at most once in 100,000 calls',
  ),
  row(56, '40,000 overdue issuances of one status at reconcile', 'every other duty is still done in each run'),
  row(57, 'the bus rejects events for a day', 'published afterwards; each end has one sequence and one time'),
  row(
    58,
    'a newer event supersedes an older one and is then refused by the provider',
    'the event of the newer issuance says so, and a metric counts it; an operator can retry the older one',
  ),
  row(
    59,
    'a dead letter whose message had ten attributes, or a body of the maximum size',
    'becomes a dead letter and keeps source',
  ),
  row(
    60,
    'a claims schema with an invalid pattern, an unknown keyword or format, or a reference without target',
    'refused at synthesis, with its path',
  ),
  row(
    61,
    'a pattern that backtracks forever; a 58 KB string against a format',
    'stopped in time; only that event fails; the worker and its batch continue',
  ),
  row(
    62,
    'a webhook secret that its scheme does not allow: invalid base64, too short after decoding',
    'refused and logged once; never an empty key; the other secrets still work',
  ),
  row(63, 'machines in other time zones', 'the same rule gives the same request everywhere'),
  row(
    64,
    'a rule meets null, a hyphenated name, or one element instead of a list',
    'a synthesis says so, with the expression that does not trip; the event is kept, and its sender is not made to repeat it',
  ),
  row(65, 'an API behind a custom domain with a mapping key', 'works, and so do the addresses it returns'),
  row(
    66,
    '`npm start` is killed while it writes a file; a port is in use, the disk is full, a folder is not writable',
    'one line that names the file or port; it does not hang; nothing is lost',
  ),
  row(
    67,
    'the stateful stack is deleted, the table is restored to a point in time, or the pseudonym key is lost',
    'protected; a tested procedure after which no replay is issued again',
  ),
  row(
    68,
    'the directory in which a holder is looked up is slow, down, redirects, has a private address, or does not know the holder',
    'looked up again later, or failed with the reason; nothing is sent to a private address',
  ),
  row(
    70,
    'a sender, or a stranger, asks the endpoint to sign a text with the secret of its events',
    'only a proven request is answered with a signature, and never of a text that could be an event',
  ),
  row(
    71,
    'the published keys of a sender cannot be read',
    '503, so that the sender repeats the event; nothing is accepted',
  ),
];
