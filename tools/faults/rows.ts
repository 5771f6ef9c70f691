/** The faults and bad inputs that must be survived: number, what happens, what is expected of us. */

export interface FaultRow {
  number: number;
  fault: string;
  expected: string;
  /** Why it cannot be shown here, in words; a row without tests needs one. */
  notShown?: string;
}

const row = (number: number, fault: string, expected: string): FaultRow => ({ number, fault, expected });

/** Tests are named after the numbers: `fault 7: …`. */
export const faultRows: readonly FaultRow[] = [
  row(1, 'the provider commits, its answer is lost', 'found out by asking, or uncertain; never a blind second call'),
  row(2, 'a crash between the provider’s answer and our write', 'as 1'),
  row(3, 'a crash at every other step', 'redelivery comes to the same end'),
  row(4, 'the same message twice, one after the other', 'no second call to the provider'),
  row(5, 'the same message to two workers at once', 'one wins, the other goes back to the queue'),
  row(6, 'a lease runs out while its worker lives', 'the late write is refused by the fencing token'),
  row(7, 'the handler throws after the provider has committed', 'as 1'),
  row(8, 'one poison message in a batch of ten', 'nine succeed, it alone is dead-lettered, with a reason'),
  row(9, 'a webhook repeated', 'the first answer again, nothing new'),
  row(10, 'a webhook with an old or future timestamp', '4xx, nothing queued'),
  row(
    11,
    'a body or signature that is not quite right',
    'only an exact match over the raw bytes, with any live secret',
  ),
  row(12, 'the same idempotency key with another payload', '422, the first untouched'),
  row(13, 'the queue refuses a message or does not answer', '5xx, and repeating is safe'),
  row(14, 'changes of one holder out of order', 'the stale one ends superseded'),
  row(15, 'two changes of one holder at the same instant', 'one after the other or superseded; the newest claims win'),
  row(16, 'a storm of 429, retry-after in any form', 'honoured within a cap, with jitter, no dead letters'),
  row(
    17,
    'answers that are errors, garbage, endless or redirects',
    'permanent, later or unknown; capped; not followed',
  ),
  row(18, 'no answer, a dripping one, no name, no TLS', 'one deadline for the call, shorter than the function’s'),
  row(19, 'status 404 right after issuing', 'a grace period, then told; never issued again by itself'),
  row(20, 'a status that goes back, or that nobody has seen', 'an end stays; the unknown is asked again and counted'),
  row(21, 'never confirmed', 'unconfirmed after the deadline, and it can still be confirmed'),
  row(22, 'the execution name is taken, the start throttled', 'taken is success, throttled is tried again'),
  row(23, 'the poller dies or is stopped', 'reconcile picks it up'),
  row(24, 'a key rotated between read and use', 'kids overlap; one refetch after a 401'),
  row(25, 'copies of the JWKS in caches', 'a key signs only once it has been public; no private member'),
  row(
    26,
    'a secret that is away, malformed, too short or misnamed',
    'the last good key for a while, or later; nothing lost',
  ),
  row(27, 'a clock off by five minutes, ours or theirs', 'iat is back-dated a little; a clear reason otherwise'),
  row(28, 'tokens with tricks in them', 'refused'),
  row(29, 'hostile offers, status URIs and wallet keys', 'never fetched off the account’s origin; encoded where used'),
  row(30, 'a body too large, too deep, with too many members', '413 or 422 before anything is queued'),
  row(31, 'e-mail addresses in every form', 'one canonical form for key and JWT; 422 for what is none'),
  row(32, '__proto__ and its kind', 'refused or ignored; Object.prototype unchanged'),
  row(33, 'a mapping expression that loops or explodes', 'capped in time and size; only that event fails'),
  row(34, 'line breaks, ANSI, JSON, a megabyte in a logged field', 'one escaped, truncated line'),
  row(35, 'odd numbers, dates and booleans', 'the schema decides; 422'),
  row(36, 'dead letters put back twice, after success, weeks later', 'nothing, superseded, or the same end'),
  row(37, 'DynamoDB throttles; an item over 400 KB', 'tried again with jitter; refused at the edge'),
  row(38, 'a burst of 1,000 after a cold start', 'the cap holds; one read of each secret per container'),
  row(39, 'one program’s account is broken', 'the others do not notice'),
  row(40, 'someone asks for another source’s issuance', '404, as for one that is not there'),
  row(41, 'old messages and new code, and the reverse', 'a versioned envelope; unknown versions are dead-lettered'),
  row(
    42,
    'a part of ours is broken: secrets, rights, table, bus, a program gone, 429 to everything',
    'an alarm within 15 minutes, whatever the cause, also when reconcile stops',
  ),
  row(
    43,
    'a call is carried out up to 20 s after our deadline for it',
    'asked about only when it can have landed; one live credential, which the receipt names',
  ),
  row(
    44,
    'Credenco: a push is lost and the offer unclaimed for hours',
    'the same offer again, or uncertain; never a second one while the first may live; no revocation id lost',
  ),
  row(
    45,
    'Credenco: a contact exists without the right to issue directly, or the wallet says no',
    'never trust-verified; no push into a wallet that refuses; offered in the inbox where the program wants it',
  ),
  row(46, 'a status answer about another hash or correlation id', 'not believed: asked again, and counted'),
  row(
    47,
    'ignore with new claims; ignore answered 409 because the holder refused',
    'record and event say that an older credential stands; a 409 is no success',
  ),
  row(
    48,
    'an unconfirmed issuance is confirmed after a newer one was issued',
    'its event says that it was replaced; the newest stays the truth',
  ),
  row(49, 'a provider hangs for hours', 'one probe at a time, recoveries too; the rest waits in the table'),
  row(
    50,
    'a swallowed SYN, a black-holed address',
    'not sent, known after a third of the call’s deadline; tried later',
  ),
  row(
    51,
    'an outage of days at 500 events a second',
    'nothing in flight, no other program starved, the newest still wins',
  ),
  row(52, '429 with retry-after while polling', 'honoured: the program is not asked about again before then'),
  row(53, 'two programs of one account name one credential', 'refused at synth, with both names and what to do'),
  row(54, 'a call to AWS that never answers', 'cut off, then tried again within the function’s time'),
  row(55, 'a tenth of the calls fails by chance', 'the circuit stays closed: at most one opening in 100,000 calls'),
  row(56, '40,000 overdue of one kind at reconcile', 'every other duty is still done in each run'),
  row(57, 'the bus refuses for a day', 'told afterwards; one end is told with one sequence and one time'),
  row(
    58,
    'a newer event supersedes an older one and is then refused by the provider',
    'said in the event of the newer one and countable; the operator can put the older one back',
  ),
  row(
    59,
    'a dead letter whose message had ten attributes, or a body of the queue’s greatest size',
    'keeps source and is dead-lettered all the same',
  ),
  row(
    60,
    'a claims schema with an unusable pattern, an unknown keyword or format, a reference to nowhere',
    'refused at synth, with its path',
  ),
  row(
    61,
    'a pattern that backtracks forever; a 58 KB string against a format',
    'stopped in time; only that event fails; the worker and its batch live',
  ),
  row(
    62,
    'a webhook secret that is not what its scheme says: bad base64, too short once decoded',
    'refused, told once; never an empty key; the other secrets still work',
  ),
  row(65, 'an API behind a custom domain with a mapping key', 'works, and so do the addresses it answers'),
  row(
    66,
    '`npm start` killed while it writes a file, a port in use, a disk full, a folder not writable',
    'one line that names the file or port, no hang, nothing lost',
  ),
];
